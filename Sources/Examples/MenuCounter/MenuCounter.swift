@main enum MenuCounter { static func main() {} }

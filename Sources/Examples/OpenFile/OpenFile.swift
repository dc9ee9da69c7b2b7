@main enum OpenFile { static func main() {} }

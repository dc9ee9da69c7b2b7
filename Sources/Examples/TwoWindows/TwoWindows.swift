@main enum TwoWindows { static func main() {} }

@main enum LegacySendSync { static func main() {} }

@main enum LegacySend { static func main() {} }

// The one small program, in Swift: see examples/README.md.
import Aerocodes
import Foundation

@main
enum Explain {
    static func main() throws {
        let args = CommandLine.arguments
        guard args.count == 3 else {
            FileHandle.standardError.write(Data("usage: explain CODES TRACE\n".utf8))
            exit(2)
        }
        for line in try String(contentsOfFile: args[1], encoding: .utf8).split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard let dialect = Dialect(key: String(parts[0])), let value = Int32(parts[1]) else { exit(2) }
            let code = dialect.code(value)
            let reading = code.lookup()
            print("\(code) \(reading.name ?? "-") = \(reading.condition?.name ?? "-") [\(reading.category)]")
            print("  \(reading.summary ?? "-")")
            let a = code.advise(.write)
            print("  write: retry \(a.retryable), applied \(a.maybeApplied), safe \(a.retryableNotApplied)")
            let t = code.translate(to: .go)
            let values = t.targets.map { String($0.value) }.joined(separator: ", ")
            print("  go: \(t.kind) \(values.isEmpty ? "-" : values)")
        }
        for f in recognize(try String(contentsOfFile: args[2], encoding: .utf8)) {
            let value = f.value.map { String($0) } ?? "-"
            print("\(f.isNested ? "  " : "")found \(f.dialect?.key ?? "?"):\(value) \(f.condition?.name ?? "-")")
        }
    }
}

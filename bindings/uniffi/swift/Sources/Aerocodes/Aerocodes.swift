/// The answer to a yes-or-no question that may have no plain answer.
public enum Answer: String, Sendable {
    /// Nothing is known.
    case unknown
    /// No.
    case no
    /// It turns on something that the code does not tell; the reason says on what.
    case depends
    /// Yes.
    case yes

    /// The answers by their number in the table.
    static let all: [Answer] = [.unknown, .no, .depends, .yes]

    var negated: Answer {
        switch self {
        case .yes: return .no
        case .no: return .yes
        default: return self
        }
    }

    /// Both: no wins, then unknown, then depends.
    func and(_ other: Answer) -> Answer {
        [.no, .unknown, .depends].first { $0 == self || $0 == other } ?? .yes
    }
}

/// The three predicates: whether a condition passes, whether a write may have happened, whether it is safe to send it again.
public struct Predicates: Hashable, Sendable {
    /// The condition is transient: the same request may succeed when sent again.
    public let retryable: Answer
    /// A write may have been applied although the client saw this.
    public let maybeApplied: Answer
    /// Retryable, and surely not applied.
    public var retryableNotApplied: Answer { retryable.and(maybeApplied.negated) }
}

/// One numbering of status codes. An open set: `Dialect.java` and its like name those that this release knows.
///
/// ```swift
/// Dialect.java[-8].name      // "SERVER_NOT_AVAILABLE"
/// Dialect.server[88].name    // nil: an unknown number is a value
/// ```
public struct Dialect: Hashable, Sendable, CustomStringConvertible {
    /// The permanent id.
    public let id: UInt16

    init(id: UInt16) { self.id = id }

    /// All dialects, by id.
    public static var all: [Dialect] { Registry.shared.dialects.indices.map { Dialect(id: UInt16($0)) } }

    /// The dialect that a key or an alias names, in any case; nil when none does.
    public init?(key: String) {
        let wanted = key.lowercased()
        let rows = Registry.shared.dialects
        guard let i = rows.firstIndex(where: { $0.key == wanted }) ?? rows.firstIndex(where: { $0.aliases.contains(wanted) }) else {
            return nil
        }
        id = UInt16(i)
    }

    var row: Registry.DialectRow { Registry.shared.dialects[Int(id)] }

    /// What users type, such as `java` or `nodejs-1.0`.
    public var key: String { row.key }
    /// For people, such as "Java client".
    public var title: String { row.title }
    /// The software whose releases the release ranges of this dialect speak of.
    public var software: String { row.software }
    /// The key.
    public var description: String { key }

    /// What a number means as of the newest release: the hot lookup, one dictionary access.
    public func lookup(_ value: Int32) -> Reading {
        row.best[value] ?? Reading(dialect: self, value: value)
    }

    /// The same as `lookup`.
    public subscript(value: Int32) -> Reading { lookup(value) }

    /// The code of a number.
    public func code(_ value: Int32) -> Code { Code(dialect: self, value: value) }

    /// Every reading of this dialect, by number, the best as of the newest release first.
    public var readings: [Reading] { row.readings }

    /// The category of a number without a name: from the dialect's number ranges.
    public func category(of value: Int32) -> Category {
        row.ranges.first { $0.numbers.contains(value) }?.category ?? .unknown
    }
}

/// A kind of condition, such as security or secondary index: an open set with permanent ids.
public struct Category: Hashable, Sendable, CustomStringConvertible {
    /// The permanent id; 0 is unknown.
    public let id: UInt16

    init(id: UInt16) { self.id = id }

    /// The word for programs, such as `security`.
    public var key: String { Registry.shared.categories[Int(id)].key }
    /// The words for people.
    public var title: String { Registry.shared.categories[Int(id)].title }
    /// The key.
    public var description: String { key }
}

/// What a program was doing when it met a code: an open set with permanent ids.
public struct Operation: Hashable, Sendable, CustomStringConvertible {
    /// The permanent id.
    public let id: UInt16

    init(id: UInt16) { self.id = id }

    /// The word for programs, such as `idempotent-write`.
    public var key: String { Registry.shared.operations[Int(id)].key }
    /// The words for people.
    public var title: String { Registry.shared.operations[Int(id)].title }
    /// The key.
    public var description: String { key }
}

/// What happened, independent of any dialect: the currency to branch on.
public struct Condition: Hashable, Sendable, CustomStringConvertible {
    /// The permanent id, from 1.
    public let id: UInt16

    init(id: UInt16) { self.id = id }

    init?(known id: Int32) {
        guard id > 0, id <= Int32(Registry.shared.conditions.count) else { return nil }
        self.id = UInt16(id)
    }

    var row: Registry.ConditionRow { Registry.shared.conditions[Int(id) - 1] }

    /// The permanent name, such as `TIMEOUT`.
    public var name: String { row.name }
    /// Its kind.
    public var category: Category { row.category }
    /// Who raises it: `server`, `client` or `either`.
    public var origin: String { row.origin }
    /// One sentence of at most 80 characters.
    public var summary: String { row.summary }
    /// The three predicates, whatever the operation; see `Code.advise` for one operation.
    public var predicates: Predicates { row.predicates }
    /// The name.
    public var description: String { name }
}

/// A dialect and a number: any pair is a code, known or not.
public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The numbering.
    public let dialect: Dialect
    /// The number.
    public let value: Int32

    /// What it means as of the newest release.
    public func lookup() -> Reading { dialect.lookup(value) }
    /// `java:-8`.
    public var description: String { "\(dialect):\(value)" }
}

/// One meaning of one code. A number that nobody uses has a reading too: without a name and a condition.
public struct Reading: Hashable, Sendable, CustomStringConvertible {
    /// The dialect it is in.
    public let dialect: Dialect
    /// The number.
    public let value: Int32
    /// The dialect's name for it; nil when it has none.
    public let name: String?
    /// What happened; nil when nothing is known.
    public let condition: Condition?
    /// First release in which it held.
    public let since: String?
    /// Last release in which it held; nil while it does.
    public let until: String?
    /// Release in which the code itself appeared, where that is documented.
    public let introduced: String?
    let flags: Int

    init(dialect: Dialect, value: Int32) {
        self.dialect = dialect
        self.value = value
        name = nil
        condition = nil
        since = nil
        until = nil
        introduced = nil
        flags = 0
    }

    init(dialect: Dialect, fields: [String]) {
        let text = { (i: Int) -> String? in fields[i].isEmpty ? nil : fields[i] }
        self.dialect = dialect
        value = Int32(fields[0]) ?? 0
        name = text(1)
        condition = Condition(id: UInt16(fields[2]) ?? 0)
        flags = Int(fields[3]) ?? 0
        since = text(4)
        until = text(5)
        introduced = text(6)
    }

    /// Dialect and number.
    public var code: Code { Code(dialect: dialect, value: value) }
    /// The condition's kind; for an unknown number that of the dialect's number range.
    public var category: Category { condition?.category ?? dialect.category(of: value) }
    /// Whether this is the name to use for the code today.
    public var isPrimary: Bool { flags & 1 != 0 }
    /// Whether it ended before the newest release read.
    public var isRetired: Bool { flags & 2 != 0 }
    /// Whether it is documented, but not what the software does.
    public var isWrong: Bool { flags & 4 != 0 }
    /// Whether it occurs in the server's enterprise edition only.
    public var isEnterprise: Bool { flags & 8 != 0 }
    /// The condition's summary.
    public var summary: String? { condition?.summary }
    /// `java:9 TIMEOUT`.
    public var description: String { name.map { "\(code) \($0)" } ?? "\(code)" }
}

/// The generated table as values, made once.
final class Registry: Sendable {
    struct DialectRow: Sendable {
        let key, title, software: String
        let aliases: [String]
        let ranges: [(numbers: ClosedRange<Int32>, category: Category)]
        let readings: [Reading]
        let best: [Int32: Reading]
    }

    struct ConditionRow: Sendable {
        let name: String
        let category: Category
        let origin, summary: String
        let predicates: Predicates
    }

    struct Word: Sendable {
        let key, title: String
    }

    static let shared = Registry()

    let categories: [Word]
    let operations: [Word]
    let conditions: [ConditionRow]
    let dialects: [DialectRow]
    /// All readings, in the order of the native library's rows.
    let rows: [Reading]

    private init() {
        let table = { (text: String) -> [[String]] in
            text.split(separator: "\n").map { $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init) }
        }
        categories = table(Tables.categories).map { Word(key: $0[0], title: $0[1]) }
        operations = table(Tables.operations).map { Word(key: $0[0], title: $0[1]) }
        conditions = table(Tables.conditions).map { f in
            ConditionRow(
                name: f[0], category: Category(id: UInt16(f[1]) ?? 0), origin: f[2], summary: f[6],
                predicates: Predicates(retryable: Answer.all[Int(f[4]) ?? 0], maybeApplied: Answer.all[Int(f[5]) ?? 0])
            )
        }
        dialects = table(Tables.dialects).enumerated().map { i, f in
            let readings = table(Tables.readings[i]).map { Reading(dialect: Dialect(id: UInt16(i)), fields: $0) }
            let ranges = f[7].split(separator: ";").map { range -> (numbers: ClosedRange<Int32>, category: Category) in
                let n = range.split(separator: ",").map { Int32($0) ?? 0 }
                return (n[0]...n[1], Category(id: UInt16(n[2])))
            }
            return DialectRow(
                key: f[0], title: f[1], software: f[2], aliases: f[6].split(separator: ",").map(String.init), ranges: ranges,
                readings: readings, best: Dictionary(readings.map { ($0.value, $0) }, uniquingKeysWith: { first, _ in first })
            )
        }
        rows = dialects.flatMap(\.readings)
    }
}

import AerocodesNative
import Foundation

/// How well a translation fits.
public enum TranslationKind: String, Sendable {
    /// The target has nothing for it.
    case none
    /// Many to one, one to many, or the nearest there is.
    case folded
    /// One code for one code.
    case exact
}

/// A code in another dialect's terms.
public struct Translation: Sendable {
    /// What was translated.
    public let from: Reading
    /// The target.
    public let to: Dialect
    /// How well it fits.
    public let kind: TranslationKind
    /// The target's readings, the best first; one for each code.
    public let targets: [Reading]
    /// Why, in one sentence.
    public let reason: String
}

/// May I retry, may it have been applied, and why.
public struct Advice: Sendable {
    /// What it is about.
    public let reading: Reading
    /// Whether sending the same request again is right.
    public let retryable: Answer
    /// Whether the request may have been applied.
    public let maybeApplied: Answer
    /// Whether sending it again is right and cannot apply it twice.
    public let retryableNotApplied: Answer
    /// The rule for the operation in one sentence.
    public let rule: String

    /// Why the condition's predicates are what they are; empty when nothing is known.
    public var reason: String { reading.condition?.texts.reason ?? "" }
}

/// The long texts of a condition.
public struct Texts: Hashable, Sendable {
    /// What makes the server or the client say this.
    public let cause: String
    /// What an operator and a developer can do.
    public let remedy: String
    /// Why the predicates are what they are.
    public let reason: String
    /// Words people use for it that are not in its name.
    public let keywords: [String]
    /// Where the advice was read.
    public let sources: [String]
    /// The vendor's pages about it.
    public let docs: [String]
    /// The server's refinements.
    public let subcodes: [Subcode]
}

/// A server's refinement of a condition: meaningful only with it.
public struct Subcode: Hashable, Sendable {
    /// Its number.
    public let value: UInt32
    /// Its name.
    public let name: String
    /// What it adds to the condition.
    public let summary: String
}

/// One raised error, found in a text.
public struct Finding: Sendable {
    /// The bytes of the text's UTF-8 that identify the error.
    public let utf8Range: Range<Int>
    /// The dialects that the shape of the text allows.
    public let candidates: [Dialect]
    /// The number; nil when the text does not tell.
    public let value: Int32?
    /// The spelling in the text.
    public let name: String?
    /// What happened, when all candidates agree.
    public let condition: Condition?
    /// The server's refinement.
    public let subcode: UInt32?
    /// The client's in-doubt flag.
    public let inDoubt: Bool?
    /// The node, as the text names it.
    public let node: String?
    /// The attempt, as the text numbers it.
    public let iteration: UInt32?
    /// Whether it stands inside another finding.
    public let isNested: Bool
    /// The first release of the client whose messages have this shape, where the shape tells.
    public let firstRelease: String?
    /// The last one; nil while they have it.
    public let lastRelease: String?
    /// How sure this is, from 0 to 1.
    public let confidence: Float
    /// Why that sure.
    public let why: String

    /// The dialect, when the shape of the text tells.
    public var dialect: Dialect? { candidates.count == 1 ? candidates[0] : nil }
    /// Its code, when dialect and number are known.
    public var code: Code? {
        guard let dialect, let value else { return nil }
        return Code(dialect: dialect, value: value)
    }
}

/// A text that is no release.
public struct ReleaseError: Error, CustomStringConvertible {
    /// The text.
    public let text: String
    /// What would be right.
    public var description: String { "\"\(text.prefix(64))\" is no release; write one to four numbers with dots, as in 4.5.0.1" }
}

func answer(_ a: NativeAnswer) -> Answer {
    switch a {
    case .unknown: return .unknown
    case .no: return .no
    case .depends: return .depends
    case .yes: return .yes
    }
}

func readings(rows: [Int32]) -> [Reading] {
    rows.compactMap { Registry.shared.rows.indices.contains(Int($0)) ? Registry.shared.rows[Int($0)] : nil }
}

public extension Dialect {
    /// What a number meant as of a release of this dialect's software; a short release such as `4.1` means its line.
    func lookup(_ value: Int32, release: String) throws -> Reading {
        let row = nativeLookupAt(dialectId: Int32(id), value: value, release: release)
        if row == -2 { throw ReleaseError(text: release) }
        return readings(rows: [row]).first ?? Reading(dialect: self, value: value)
    }

    /// Decodes a column of numbers into condition ids, a byte each; 0 where nothing is known.
    func decode(_ values: [Int32]) -> [UInt8] {
        let bytes = values.map(\.littleEndian).withUnsafeBufferPointer { Data(buffer: $0) }
        return [UInt8](nativeDecode(dialectId: Int32(id), values: bytes))
    }
}

public extension Condition {
    /// The long texts, asked of the native library.
    var texts: Texts {
        let t = nativeTexts(condition: Int32(id))
        return Texts(
            cause: t.cause, remedy: t.remedy, reason: t.reason, keywords: t.keywords, sources: t.sources, docs: t.docs,
            subcodes: t.subcodes.map { Subcode(value: $0.value, name: $0.name, summary: $0.summary) }
        )
    }
}

public extension Code {
    /// The same in the terms of another dialect.
    func translate(to: Dialect) -> Translation {
        let t = nativeTranslate(dialectId: Int32(dialect.id), value: value, to: Int32(to.id))
        let kind: TranslationKind = t.kind == 2 ? .exact : t.kind == 1 ? .folded : .none
        return Translation(from: lookup(), to: to, kind: kind, targets: readings(rows: t.targets), reason: t.reason)
    }

    /// What to do about it, met while doing an operation, with the client's in-doubt flag if it gave one.
    func advise(_ operation: Operation, inDoubt: Bool? = nil) -> Advice {
        let doubt: Int32 = inDoubt.map { $0 ? 1 : 0 } ?? -1
        let a = nativeAdvise(dialectId: Int32(dialect.id), value: value, operation: Int32(operation.id), inDoubt: doubt)
        return Advice(
            reading: lookup(), retryable: answer(a.retryable), maybeApplied: answer(a.maybeApplied),
            retryableNotApplied: answer(a.retryableNotApplied), rule: a.rule
        )
    }
}

/// Every reading of a bare number, in all dialects, the likeliest first.
public func readings(of value: Int32) -> [Reading] { readings(rows: nativeReadings(value: value)) }

/// Every reading with this spelling: as written, or in any case when no dialect has it as written.
public func find(_ spelling: String) -> [Reading] { readings(rows: nativeFind(spelling: spelling)) }

/// Conditions that fit the words, the best first; typing errors are forgiven.
public func search(_ words: String) -> [Condition] { nativeSearch(words: words).compactMap { Condition(known: $0.condition) } }

/// Every raised error in a text, in order.
public func recognize(_ text: String) -> [Finding] {
    nativeRecognize(text: Data(text.utf8)).map { f in
        Finding(
            utf8Range: Int(f.start)..<Int(f.end), candidates: f.dialects.map { Dialect(id: UInt16($0)) }, value: f.value, name: f.name,
            condition: Condition(known: f.condition), subcode: f.subcode, inDoubt: f.inDoubt, node: f.node, iteration: f.iteration,
            isNested: f.nested, firstRelease: f.firstRelease, lastRelease: f.lastRelease, confidence: f.confidence, why: f.why
        )
    }
}

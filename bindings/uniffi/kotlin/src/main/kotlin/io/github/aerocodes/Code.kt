package io.github.aerocodes

import io.github.aerocodes.internal.Native
import io.github.aerocodes.internal.Registry

/**
 * A dialect and a number: any pair is a code, known or not.
 *
 * @property dialect the numbering
 * @property value the number
 */
public data class Code(val dialect: Dialect, val value: Int) {
    /** What it means as of the newest release. */
    public fun lookup(): Reading = dialect.lookup(value)

    /** Every reading of this code, the best as of the newest release first; none when nothing is known. */
    public val readings: List<Reading.Known> get() = dialect.readings.filter { it.value == value }

    /** Says it in the terms of another dialect. */
    public fun translate(to: Dialect): Translation = lookup().translate(to)

    /**
     * What to do about it, met while doing [operation].
     *
     * @param inDoubt the client's in-doubt flag, `null` if it gave none
     */
    @JvmOverloads
    public fun advise(operation: Operation, inDoubt: Boolean? = null): Advice = Registry.advise(this, operation, inDoubt)

    /** `java:-8`. */
    override fun toString(): String = "$dialect:$value"
}

/**
 * One meaning of one code: [Known] with its condition, or [Unknown] for a number that nobody uses.
 *
 * ```
 * when (val r = Dialects.SERVER[88]) {
 *     is Reading.Known -> println(r.condition.summary)
 *     is Reading.Unknown -> println("nobody knows ${r.value}, but it is ${r.category}")
 * }
 * ```
 */
public sealed class Reading {
    /** The dialect it is in. */
    public abstract val dialect: Dialect

    /** The number. */
    public abstract val value: Int

    /** The dialect's name for it; `null` when it has none. */
    public abstract val name: String?

    /** What happened; `null` when nothing is known. */
    public abstract val condition: Condition?

    /** The condition's kind; for an unknown number that of the dialect's number range. */
    public abstract val category: Category

    /** Dialect and number. */
    public val code: Code get() = Code(dialect, value)

    /** The three predicates of the condition; all unknown when nothing is known. */
    public val predicates: Predicates get() = condition?.predicates ?: NOTHING

    /** Who raises it. */
    public val origin: Origin get() = condition?.origin ?: Origin.UNKNOWN

    /** The condition's summary; `null` when nothing is known. */
    public val summary: String? get() = condition?.summary

    internal open fun translate(to: Dialect): Translation = Native.translate(this, to)

    /** `java:9 TIMEOUT`. */
    override fun toString(): String = if (name == null) "$dialect:$value" else "$dialect:$value $name"

    /** A reading of the registry; there is one object for each. */
    public class Known internal constructor(
        override val dialect: Dialect,
        override val value: Int,
        override val name: String?,
        override val condition: Condition,
        /** Whether this is the name to use for the code today. */
        public val primary: Boolean,
        /** Whether it ended before the newest release read. */
        public val retired: Boolean,
        /** Whether it is documented, but not what the software does; the erratum tells what is. */
        public val wrong: Boolean,
        /** Whether it occurs in the server's enterprise edition only. */
        public val enterprise: Boolean,
        private val hasErratum: Boolean,
        /** First release in which it held. */
        public val since: String,
        /** Last release in which it held; `null` while it does. */
        public val until: String?,
        /** Release in which the code itself appeared, where that is documented. */
        public val introduced: String?,
        private val row: Int,
    ) : Reading() {
        override val category: Category get() = condition.category

        // Asked of the native library once; two threads that ask at the same time find the same.
        private var translations: Array<Translation?>? = null

        override fun translate(to: Dialect): Translation {
            val known = translations ?: arrayOfNulls<Translation>(Registry.dialects.size).also { translations = it }
            return known[to.id] ?: super.translate(to).also { known[to.id] = it }
        }

        /** What users must know about this very row; `null` for most. */
        public val erratum: String? get() = if (hasErratum) Native.erratum(row) else null
    }

    /** A number without a reading: it keeps its number. */
    public class Unknown internal constructor(override val dialect: Dialect, override val value: Int) : Reading() {
        override val name: String? get() = null
        override val condition: Condition? get() = null
        override val category: Category get() = dialect.categoryOf(value)
        /** Whether the other is the same unknown code. */
        override fun equals(other: Any?): Boolean = other is Unknown && other.value == value && other.dialect === dialect
        /** The same for equal codes. */
        override fun hashCode(): Int = value * 31 + dialect.id
    }

    private companion object {
        val NOTHING = Predicates(Answer.UNKNOWN, Answer.UNKNOWN)
    }
}

/**
 * A code in another dialect's terms: [Exact], [Folded] or [None].
 *
 * @property from what was translated
 * @property to the target
 * @property targets the target's readings, the best first; one for each code
 * @property reason why, in one sentence
 */
public sealed class Translation(
    public val from: Reading,
    public val to: Dialect,
    public val targets: List<Reading.Known>,
    public val reason: String,
) {
    /** One code for one code. */
    public class Exact internal constructor(from: Reading, to: Dialect, targets: List<Reading.Known>, reason: String) :
        Translation(from, to, targets, reason)

    /** Many to one, one to many, or the nearest there is. */
    public class Folded internal constructor(from: Reading, to: Dialect, targets: List<Reading.Known>, reason: String) :
        Translation(from, to, targets, reason)

    /** The target has nothing for it. */
    public class None internal constructor(from: Reading, to: Dialect, reason: String) : Translation(from, to, emptyList(), reason)

    /** `exact`, `folded` or `none`. */
    public val kind: String get() = this::class.java.simpleName.lowercase(java.util.Locale.ROOT)

    /** `java:9 -> go: exact [9]`. */
    override fun toString(): String = "${from.code} -> $to: $kind ${targets.map { it.value }}"
}

/**
 * May I retry, may it have been applied, and why.
 *
 * @property reading what it is about
 * @property operation what the program was doing
 * @property inDoubt the client's in-doubt flag, if it gave one
 * @property retryable whether sending the same request again is right
 * @property maybeApplied whether the request may have been applied
 * @property retryableNotApplied whether sending it again is right and cannot apply it twice
 * @property rule the rule for the operation in one sentence; the condition's own reason tells the rest
 */
public data class Advice(
    val reading: Reading,
    val operation: Operation,
    val inDoubt: Boolean?,
    val retryable: Answer,
    val maybeApplied: Answer,
    val retryableNotApplied: Answer,
    val rule: String,
) {
    /** Why the condition's predicates are what they are; empty when nothing is known. */
    public val reason: String get() = reading.condition?.texts?.reason ?: ""
}

/**
 * A condition that a search found.
 *
 * @property condition the condition
 * @property score how well it fits, for comparison within one search only
 */
public data class Hit(val condition: Condition, val score: Long)

/**
 * One raised error, found in a text.
 *
 * @property range what identifies the error, in UTF-16 units: `text.substring(range)` in Kotlin, [start] and [end] in Java
 * @property dialect the dialect, `null` when the shape of the text cannot tell
 * @property candidates the dialects that the shape allows
 * @property value the number, `null` when the text does not tell
 * @property name the spelling in the text
 * @property condition what happened, when all candidates agree
 * @property subcode the server's refinement
 * @property inDoubt the client's in-doubt flag
 * @property node the node, as the text names it
 * @property iteration the attempt, as the text numbers it
 * @property nested whether it stands inside another finding
 * @property firstRelease the first release of the client whose messages have this shape, where the shape tells
 * @property lastRelease the last one; `null` while they have it
 * @property confidence how sure this is, from 0 to 1
 * @property why the reason for the confidence
 */
public data class Finding(
    val range: IntRange,
    val dialect: Dialect?,
    val candidates: List<Dialect>,
    val value: Int?,
    val name: String?,
    val condition: Condition?,
    val subcode: Long?,
    val inDoubt: Boolean?,
    val node: String?,
    val iteration: Long?,
    val nested: Boolean,
    val firstRelease: String?,
    val lastRelease: String?,
    val confidence: Float,
    val why: String,
) {
    /** The first UTF-16 unit of what identifies the error. */
    public val start: Int get() = range.first

    /** One past the last: `text.substring(start, end)`. */
    public val end: Int get() = range.last + 1

    /** Its code, when dialect and number are known. */
    public val code: Code? get() = if (dialect != null && value != null) Code(dialect, value) else null
}

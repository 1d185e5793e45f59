package io.github.aerocodes

import io.github.aerocodes.internal.Native
import io.github.aerocodes.internal.Registry

/** The answer to a yes-or-no question that may have no plain answer. */
public enum class Answer {
    /** Nothing is known. */
    UNKNOWN,

    /** No. */
    NO,

    /** It turns on something that the code does not tell; the reason says on what. */
    DEPENDS,

    /** Yes. */
    YES;

    /** `yes`, `no`, `depends` or `unknown`. */
    override fun toString(): String = name.lowercase(java.util.Locale.ROOT)

    internal infix fun and(other: Answer): Answer = listOf(NO, UNKNOWN, DEPENDS).firstOrNull { it == this || it == other } ?: YES

    internal operator fun not(): Answer = when (this) {
        YES -> NO
        NO -> YES
        else -> this
    }
}

/** Who raises a condition. */
public enum class Origin {
    /** The code has no reading. */
    UNKNOWN,

    /** The server answers it. */
    SERVER,

    /** The client library raises it. */
    CLIENT,

    /** Either of them; the code alone does not tell. */
    EITHER;

    /** `server`, `client`, `either` or `unknown`. */
    override fun toString(): String = name.lowercase(java.util.Locale.ROOT)
}

/** Whether a dialect is spoken today. */
public enum class Kind {
    /** Spoken by a server or a client in use. */
    CURRENT,

    /** Superseded numbers of old releases. */
    LEGACY,

    /** Found in log lines only. */
    LOG,
}

/**
 * The three predicates: whether a condition passes, whether a write may have happened, whether it is safe to send it again.
 *
 * @property retryable the condition is transient: the same request may succeed when sent again
 * @property maybeApplied a write may have been applied although the client saw this
 */
public data class Predicates(val retryable: Answer, val maybeApplied: Answer) {
    /** Retryable, and surely not applied. */
    public val retryableNotApplied: Answer = retryable and !maybeApplied
}

/** A kind of condition, such as security or secondary index: an open set with permanent ids. */
public class Category internal constructor(
    /** The permanent id; 0 is unknown. */
    public val id: Int,
    /** The word for programs, such as `security`. */
    public val key: String,
    /** The words for people. */
    public val title: String,
) {
    /** The key. */
    override fun toString(): String = key

    /** What finds a category. */
    public companion object {
        /** All categories, by id. */
        @JvmStatic
        public val all: List<Category> get() = Registry.categories

        /** The category of an id; the unknown one for an id not given yet. */
        @JvmStatic
        public fun of(id: Int): Category = Registry.categories.getOrElse(id) { Registry.categories[0] }
    }
}

/** What a program was doing when it met a code: an open set with permanent ids. */
public class Operation internal constructor(
    /** The permanent id. */
    public val id: Int,
    /** The word for programs, such as `idempotent-write`. */
    public val key: String,
    /** The words for people. */
    public val title: String,
    /** Whether it changes data. */
    public val mutates: Boolean,
    /** Whether doing it twice leaves what doing it once does. */
    public val idempotent: Boolean,
) {
    /** The key. */
    override fun toString(): String = key

    /** What finds an operation. */
    public companion object {
        /** All operations, by id. */
        @JvmStatic
        public val all: List<Operation> get() = Registry.operations

        /**
         * The operation of an id.
         *
         * @throws IllegalArgumentException for an id not given yet
         */
        @JvmStatic
        public fun of(id: Int): Operation = requireNotNull(Registry.operations.getOrNull(id)) { "no operation has the id $id" }
    }
}

/**
 * What happened, independent of any dialect: the currency to branch on.
 *
 * An open set with a permanent name and id each; [Conditions] names those that this release knows.
 */
public class Condition internal constructor(
    /** The permanent id, from 1. */
    public val id: Int,
    /** The permanent name, such as `TIMEOUT`. */
    public val name: String,
    /** Its kind. */
    public val category: Category,
    /** Who raises it. */
    public val origin: Origin,
    /** Whether it occurs in the server's enterprise edition only. */
    public val enterprise: Boolean,
    /** The three predicates, whatever the operation; see [Code.advise] for one operation. */
    public val predicates: Predicates,
    /** One sentence of at most 80 characters. */
    public val summary: String,
    internal val adviceRow: Int,
) {
    /** The long texts; the native library is asked once. */
    public val texts: Texts by lazy(LazyThreadSafetyMode.PUBLICATION) { Native.texts(id) }

    /** Every spelling of this condition, in all dialects. */
    public val readings: List<Reading.Known> get() = Registry.rows.filter { it.condition === this }

    /** The name. */
    override fun toString(): String = name

    /** What finds a condition. */
    public companion object {
        /** All conditions, by id. */
        @JvmStatic
        public val all: List<Condition> get() = Registry.conditions

        /**
         * The condition of an id.
         *
         * @throws IllegalArgumentException for an id not given yet
         */
        @JvmStatic
        public fun of(id: Int): Condition = requireNotNull(orNull(id)) { "no condition has the id $id" }

        /** The condition of an id; `null` for 0 and ids not given yet. */
        @JvmStatic
        public fun orNull(id: Int): Condition? = Registry.conditions.getOrNull(id - 1)

        /** The condition of a name, in any case. */
        @JvmStatic
        public fun named(name: String): Condition? = Registry.conditions.firstOrNull { it.name.equals(name, ignoreCase = true) }
    }
}

/**
 * The long texts of a condition.
 *
 * @property cause what makes the server or the client say this
 * @property remedy what an operator and a developer can do
 * @property reason why the predicates are what they are
 * @property keywords words people use for it that are not in its name
 * @property sources where the advice was read
 * @property docs the vendor's pages about it
 * @property subcodes the server's refinements
 */
public data class Texts(
    val cause: String,
    val remedy: String,
    val reason: String,
    val keywords: List<String>,
    val sources: List<String>,
    val docs: List<String>,
    val subcodes: List<Subcode>,
)

/**
 * A server's refinement of a code: meaningful only with its condition.
 *
 * @property value its number
 * @property name its name
 * @property summary what it adds to the condition
 */
public data class Subcode(val value: Long, val name: String, val summary: String)

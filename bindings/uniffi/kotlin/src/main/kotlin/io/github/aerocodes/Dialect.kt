package io.github.aerocodes

import io.github.aerocodes.internal.Native
import io.github.aerocodes.internal.Registry

/**
 * One numbering of status codes: a client's, the server's, or a legacy or log-only one. [Dialects] names them.
 *
 * ```
 * Dialects.JAVA.lookup(-8).name      // "SERVER_NOT_AVAILABLE"
 * Dialects.C[-8].name                // "AEROSPIKE_ERR_INVALID_NODE"
 * ```
 */
public class Dialect internal constructor(
    /** The permanent id. */
    public val id: Int,
    /** What users type, such as `java` or `nodejs-1.0`. */
    public val key: String,
    /** For people, such as "Java client". */
    public val title: String,
    /** The software whose releases the release ranges of this dialect speak of. */
    public val software: String,
    /** Whether the dialect is spoken today. */
    public val kind: Kind,
    /** The first release that was read. */
    public val firstRead: String,
    /** The newest release that was read. */
    public val newestRead: String,
    /** Other keys that mean this dialect. */
    public val aliases: List<String>,
    private val ranges: List<Triple<Int, Int, Category>>,
) {
    /** Best readings of the numbers from [min] to 255, and of the few above. */
    private lateinit var window: Array<Reading.Known?>
    private var min = 0
    private lateinit var far: Map<Int, Reading.Known>

    /** Every reading of this dialect, by number, the best as of the newest release first. */
    public lateinit var readings: List<Reading.Known>
        internal set

    internal fun fill(rows: List<Reading.Known>) {
        readings = rows
        min = rows.firstOrNull()?.value ?: 0
        val near = rows.lastOrNull { it.value <= 255 }?.value ?: (min - 1)
        window = arrayOfNulls(near - min + 1)
        for (r in rows.asReversed()) if (r.value <= 255) window[r.value - min] = r
        far = rows.asReversed().filter { it.value > 255 }.associateBy { it.value }
    }

    /**
     * What [value] means in this dialect as of the newest release: the hot lookup, an array access.
     *
     * A number that only older releases used answers with that older reading: see [Reading.Known.retired].
     */
    public fun lookup(value: Int): Reading {
        val k = value - min
        return (if (k >= 0 && k < window.size && value >= min) window[k] else far(value)) ?: Reading.Unknown(this, value)
    }

    private fun far(value: Int): Reading.Known? = if (far.isEmpty()) null else far[value]

    /** The same as [lookup]. */
    public operator fun get(value: Int): Reading = lookup(value)

    /**
     * What [value] meant as of a release of this dialect's software; a short release such as `4.1` means its line.
     *
     * @throws IllegalArgumentException when [release] is not one to four numbers with dots
     */
    public fun lookup(value: Int, release: String): Reading = Native.lookupAt(this, value, release)

    /** The code of a number. */
    public fun code(value: Int): Code = Code(this, value)

    /** The category of a number without a name: from the dialect's number ranges. */
    public fun categoryOf(value: Int): Category =
        ranges.firstOrNull { value >= it.first && value <= it.second }?.third ?: Category.of(0)

    /** Decodes a column of numbers into condition ids, a byte each; 0 where nothing is known. Ids above 127 are negative bytes. */
    public fun decode(values: IntArray): ByteArray {
        val ids = ByteArray(values.size)
        for (i in values.indices) {
            val v = values[i]
            val k = v - min
            val r = if (k >= 0 && k < window.size && v >= min) window[k] else far(v)
            ids[i] = (r?.condition?.id ?: 0).toByte()
        }
        return ids
    }

    /** The key. */
    override fun toString(): String = key

    /** What finds a dialect. */
    public companion object {
        /** All dialects, by id. */
        @JvmStatic
        public val all: List<Dialect> get() = Registry.dialects

        /**
         * The dialect of an id.
         *
         * @throws IllegalArgumentException for an id not given yet
         */
        @JvmStatic
        public fun of(id: Int): Dialect = requireNotNull(Registry.dialects.getOrNull(id)) { "no dialect has the id $id" }

        /** The dialect that a key or an alias names, in any case; `null` when none does. */
        @JvmStatic
        public fun orNull(key: String): Dialect? =
            all.firstOrNull { it.key.equals(key, ignoreCase = true) }
                ?: all.firstOrNull { d -> d.aliases.any { it.equals(key, ignoreCase = true) } }
    }
}

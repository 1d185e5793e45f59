package io.github.aerocodes

import io.github.aerocodes.internal.Native
import io.github.aerocodes.internal.Registry

/** The verbs that need no dialect handle. In Java: `Aerocodes.dialect("java")`. */
public object Aerocodes {
    /**
     * The dialect that a key or an alias names, in any case.
     *
     * @throws IllegalArgumentException when none does; the message lists the keys
     */
    @JvmStatic
    public fun dialect(key: String): Dialect = requireNotNull(Dialect.orNull(key)) {
        "no dialect has the key \"${key.take(64)}\"; known are ${Dialect.all.joinToString()}"
    }

    /** What a number means in a dialect as of the newest release, or as of [release] of that dialect's software. */
    @JvmStatic
    @JvmOverloads
    public fun lookup(dialect: Dialect, value: Int, release: String? = null): Reading =
        if (release == null) dialect.lookup(value) else dialect.lookup(value, release)

    /** Every reading of a bare number, in all dialects, the likeliest first. */
    @JvmStatic
    public fun readings(value: Int): List<Reading.Known> = Registry.readings(value)

    /** Every reading with this spelling: as written, or in any case when no dialect has it as written. */
    @JvmStatic
    public fun find(spelling: String): List<Reading.Known> = Registry.find(spelling)

    /** Conditions that fit the words, the best first; typing errors are forgiven. */
    @JvmStatic
    public fun search(words: String): List<Hit> = Native.search(words)

    /** Says a code in the terms of another dialect. */
    @JvmStatic
    public fun translate(code: Code, to: Dialect): Translation = code.translate(to)

    /** Every raised error in a text, in order. */
    @JvmStatic
    public fun recognize(text: String): List<Finding> = Native.recognize(text)

    /** What to do about a code, met while doing [operation], with the client's in-doubt flag if it gave one. */
    @JvmStatic
    @JvmOverloads
    public fun advise(code: Code, operation: Operation, inDoubt: Boolean? = null): Advice = code.advise(operation, inDoubt)

    /** What the first Aerospike exception among [thrown] and its causes means; `null` when there is none. */
    @JvmStatic
    public fun of(thrown: Throwable?): Caught? = thrown?.aerocodes()
}

/**
 * An exception of the official Java client together with what its code means.
 *
 * @property exception the client's exception
 * @property reading what its code means
 * @property inDoubt the client's in-doubt flag; `null` for clients too old to have one
 */
public data class Caught(val exception: Throwable, val reading: Reading, val inDoubt: Boolean?) {
    /** What happened; `null` for a code that nobody knows. */
    public val condition: Condition? get() = reading.condition

    /** What to do about it, with the client's in-doubt flag. */
    public fun advise(operation: Operation): Advice = reading.code.advise(operation, inDoubt)
}

private val CLIENTS = setOf("com.aerospike.client.AerospikeException", "com.aerospike.client.sdk.AerospikeException")

/**
 * What the first Aerospike exception among this and its causes means; `null` when there is none.
 *
 * The client's `AerospikeException` is known by its name, so this library does not depend on the client.
 *
 * ```
 * catch (e: Exception) {
 *     if (e.aerocodes()?.condition == Conditions.KEY_BUSY) backOff() else throw e
 * }
 * ```
 */
public fun Throwable.aerocodes(): Caught? {
    var here: Throwable? = this
    // A chain of causes may be a ring.
    repeat(100) {
        val thrown = here ?: return null
        if (generateSequence<Class<*>>(thrown.javaClass) { it.superclass }.any { it.name in CLIENTS }) {
            val code = thrown.get("getResultCode") as? Int
            if (code != null) return Caught(thrown, Dialects.JAVA.lookup(code), thrown.get("getInDoubt") as? Boolean)
        }
        here = thrown.cause
    }
    return null
}

private fun Throwable.get(getter: String): Any? = try {
    javaClass.getMethod(getter).invoke(this)
} catch (_: ReflectiveOperationException) {
    null
}

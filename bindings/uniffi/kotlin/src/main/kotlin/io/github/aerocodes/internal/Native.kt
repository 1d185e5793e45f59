package io.github.aerocodes.internal

import io.github.aerocodes.Code
import io.github.aerocodes.Condition
import io.github.aerocodes.Dialect
import io.github.aerocodes.Finding
import io.github.aerocodes.Hit
import io.github.aerocodes.Reading
import io.github.aerocodes.Subcode
import io.github.aerocodes.Texts
import io.github.aerocodes.Translation
import io.github.aerocodes.ffi.FfiConverterOptionalString
import io.github.aerocodes.ffi.FfiConverterSequenceTypeNativeFinding
import io.github.aerocodes.ffi.FfiConverterSequenceTypeNativeHit
import io.github.aerocodes.ffi.FfiConverterTypeNativeTexts
import io.github.aerocodes.ffi.FfiConverterTypeNativeTranslation
import io.github.aerocodes.ffi.NativeFinding
import io.github.aerocodes.ffi.NativeTranslation
import java.nio.ByteBuffer

/** What crosses to the native library, which is loaded when the first of these is called. */
internal object Native {
    init {
        val rows = Direct.aerocodes_uniffi_rows()
        check(rows == Registry.rows.size) {
            "the native library of aerocodes has $rows readings, this jar ${Registry.rows.size}: they are of different releases"
        }
    }

    /** Half a surrogate pair has no UTF-8: it becomes a question mark, which is one UTF-16 unit too. */
    private fun utf8(text: String): ByteArray = text.toByteArray(Charsets.UTF_8)

    /** Most answers are shorter, in bytes. */
    private const val SHORT_ANSWER = 2_048

    /** Calls with an array for the answer and its size, and reads what is in it with UniFFI's code. */
    private inline fun <T> answer(read: (ByteBuffer) -> T, call: (ByteArray, Int) -> Int): T {
        val short = ByteArray(SHORT_ANSWER)
        val size = succeeded(call(short, short.size))
        val bytes = if (size <= short.size) short else waiting(ByteBuffer.wrap(short).long, size)
        return read(ByteBuffer.wrap(bytes, 0, size))
    }

    /** Takes a longer answer; one that this heap has no room for is given back all the same. */
    private fun waiting(address: Long, size: Int): ByteArray {
        var bytes = ByteArray(0)
        try {
            bytes = ByteArray(size)
        } finally {
            Direct.aerocodes_uniffi_take(address, bytes, bytes.size)
        }
        return bytes
    }

    private fun succeeded(answer: Int): Int {
        check(answer != Direct.FAILED) { "the native library of aerocodes failed; the standard error stream says where" }
        return answer
    }

    private fun known(rows: List<Int>): List<Reading.Known> = rows.mapNotNull { Registry.rows.getOrNull(it) }.fixed()

    fun lookupAt(dialect: Dialect, value: Int, release: String): Reading {
        val text = utf8(release)
        val row = succeeded(Direct.aerocodes_uniffi_lookup_at(dialect.id, value, text, text.size))
        require(row != -2) { "\"${release.take(64)}\" is no release; write one to four numbers with dots, as in 4.5.0.1" }
        return Registry.rows.getOrNull(row) ?: Reading.Unknown(dialect, value)
    }

    fun search(words: String): List<Hit> {
        val text = utf8(words)
        return answer(FfiConverterSequenceTypeNativeHit::read) { out, size -> Direct.aerocodes_uniffi_search(text, text.size, out, size) }
            .mapNotNull { hit -> Condition.orNull(hit.condition)?.let { Hit(it, hit.score.toLong()) } }
    }

    private fun translated(dialect: Int, value: Int, to: Int): NativeTranslation =
        answer(FfiConverterTypeNativeTranslation::read) { out, size -> Direct.aerocodes_uniffi_translate(dialect, value, to, out, size) }

    /** The reason that goes with a number that nobody uses. */
    private val unknown: String by lazy { translated(0, Int.MIN_VALUE, 0).reason }

    fun translate(from: Reading, to: Dialect): Translation {
        if (from is Reading.Unknown) return Translation.None(from, to, unknown)
        val t = translated(from.dialect.id, from.value, to.id)
        return when (t.kind) {
            2 -> Translation.Exact(from, to, known(t.targets), t.reason)
            1 -> Translation.Folded(from, to, known(t.targets), t.reason)
            else -> Translation.None(from, to, t.reason)
        }
    }

    fun texts(condition: Int): Texts {
        val t = answer(FfiConverterTypeNativeTexts::read) { out, size -> Direct.aerocodes_uniffi_texts(condition, out, size) }
        val subcodes = t.subcodes.map { Subcode(it.value.toLong(), it.name, it.summary) }
        return Texts(t.cause, t.remedy, t.reason, t.keywords.fixed(), t.sources.fixed(), t.docs.fixed(), subcodes.fixed())
    }

    fun erratum(row: Int): String? = answer(FfiConverterOptionalString::read) { out, size -> Direct.aerocodes_uniffi_erratum(row, out, size) }

    fun recognize(text: String): List<Finding> {
        val bytes = utf8(text)
        return answer(FfiConverterSequenceTypeNativeFinding::read) { out, size -> Direct.aerocodes_uniffi_recognize(bytes, bytes.size, out, size) }
            .map(::finding)
    }

    private fun finding(f: NativeFinding): Finding {
        val candidates = f.dialects.mapNotNull { Dialect.all.getOrNull(it) }
        return Finding(
            f.startUtf16.toInt() until f.endUtf16.toInt(),
            candidates.singleOrNull(), candidates, f.value, f.name, Condition.orNull(f.condition), f.subcode?.toLong(),
            f.inDoubt, f.node, f.iteration?.toLong(), f.nested, f.firstRelease, f.lastRelease,
            f.confidence, f.why,
        )
    }
}

/**
 * The functions that take plain numbers and arrays: UniFFI's own make structures of JNA's for every call, which cost fifty times
 * the call and stay until the garbage collector finds them.
 */
internal object Direct {
    const val FAILED = Int.MIN_VALUE

    init {
        val library = System.getProperty("uniffi.component.aerocodes_native.libraryOverride") ?: "aerocodes_uniffi"
        com.sun.jna.Native.register(Direct::class.java, library)
    }

    external fun aerocodes_uniffi_rows(): Int

    external fun aerocodes_uniffi_lookup_at(dialect: Int, value: Int, release: ByteArray, length: Int): Int

    external fun aerocodes_uniffi_recognize(text: ByteArray, length: Int, out: ByteArray, capacity: Int): Int

    external fun aerocodes_uniffi_search(words: ByteArray, length: Int, out: ByteArray, capacity: Int): Int

    external fun aerocodes_uniffi_translate(dialect: Int, value: Int, to: Int, out: ByteArray, capacity: Int): Int

    external fun aerocodes_uniffi_texts(condition: Int, out: ByteArray, capacity: Int): Int

    external fun aerocodes_uniffi_erratum(row: Int, out: ByteArray, capacity: Int): Int

    external fun aerocodes_uniffi_take(address: Long, out: ByteArray, capacity: Int)
}

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
import io.github.aerocodes.ffi.FfiConverterSequenceTypeNativeFinding
import io.github.aerocodes.ffi.NativeFinding
import io.github.aerocodes.ffi.nativeErratum
import io.github.aerocodes.ffi.nativeLookupAt
import io.github.aerocodes.ffi.nativeRecognize
import io.github.aerocodes.ffi.nativeRows
import io.github.aerocodes.ffi.nativeSearch
import io.github.aerocodes.ffi.nativeTexts
import io.github.aerocodes.ffi.nativeTranslate
import java.nio.ByteBuffer

/** What crosses to the native library, which is loaded when the first of these is called. */
internal object Native {
    init {
        val rows = nativeRows()
        check(rows == Registry.rows.size) {
            "the native library of aerocodes has $rows readings, this jar ${Registry.rows.size}: they are of different releases"
        }
    }

    /** Half a surrogate pair has no UTF-8: it becomes a question mark, which is one UTF-16 unit too. */
    private fun clean(text: String): String = String(text.toByteArray(Charsets.UTF_8), Charsets.UTF_8)

    private fun known(rows: List<Int>): List<Reading.Known> = rows.mapNotNull { Registry.rows.getOrNull(it) }.fixed()

    fun lookupAt(dialect: Dialect, value: Int, release: String): Reading {
        val text = release.toByteArray(Charsets.UTF_8)
        var row = Direct.aerocodes_uniffi_lookup_at(dialect.id, value, text, text.size)
        if (row == Direct.FAILED) row = nativeLookupAt(dialect.id, value, clean(release))
        require(row != -2) { "\"${release.take(64)}\" is no release; write one to four numbers with dots, as in 4.5.0.1" }
        return Registry.rows.getOrNull(row) ?: Reading.Unknown(dialect, value)
    }

    fun search(words: String): List<Hit> =
        nativeSearch(clean(words)).mapNotNull { hit -> Condition.orNull(hit.condition)?.let { Hit(it, hit.score.toLong()) } }

    /** The reason that goes with a number that nobody uses. */
    private val unknown: String by lazy { nativeTranslate(0, Int.MIN_VALUE, 0).reason }

    fun translate(from: Reading, to: Dialect): Translation {
        if (from is Reading.Unknown) return Translation.None(from, to, unknown)
        val t = nativeTranslate(from.dialect.id, from.value, to.id)
        return when (t.kind) {
            2 -> Translation.Exact(from, to, known(t.targets), t.reason)
            1 -> Translation.Folded(from, to, known(t.targets), t.reason)
            else -> Translation.None(from, to, t.reason)
        }
    }

    fun texts(condition: Int): Texts {
        val t = nativeTexts(condition)
        val subcodes = t.subcodes.map { Subcode(it.value.toLong(), it.name, it.summary) }
        return Texts(t.cause, t.remedy, t.reason, t.keywords.fixed(), t.sources.fixed(), t.docs.fixed(), subcodes.fixed())
    }

    fun erratum(row: Int): String? = nativeErratum(row)

    /** Up to how many bytes of text, and of findings, are copied over the boundary rather than handed over. */
    private const val SHORT_TEXT = 16_384
    private const val FEW_FINDINGS = 2_048

    private fun found(text: ByteArray): List<NativeFinding> {
        if (text.size <= SHORT_TEXT) {
            val out = ByteArray(FEW_FINDINGS)
            val size = Direct.aerocodes_uniffi_recognize(text, text.size, out, out.size)
            if (size in 0..out.size) return FfiConverterSequenceTypeNativeFinding.read(ByteBuffer.wrap(out, 0, size))
        }
        return nativeRecognize(text)
    }

    fun recognize(text: String): List<Finding> = found(text.toByteArray(Charsets.UTF_8)).map { f ->
        val candidates = f.dialects.mapNotNull { Dialect.all.getOrNull(it) }
        Finding(
            f.startUtf16.toInt() until f.endUtf16.toInt(),
            candidates.singleOrNull(), candidates, f.value, f.name, Condition.orNull(f.condition), f.subcode?.toLong(),
            f.inDoubt, f.node, f.iteration?.toLong(), f.nested, f.firstRelease, f.lastRelease,
            f.confidence, f.why,
        )
    }
}

/** The two functions that take plain arrays: a structure of JNA's for each of UniFFI's buffers costs fifty times the call. */
internal object Direct {
    const val FAILED = Int.MIN_VALUE

    init {
        val library = System.getProperty("uniffi.component.aerocodes_native.libraryOverride") ?: "aerocodes_uniffi"
        com.sun.jna.Native.register(Direct::class.java, library)
    }

    external fun aerocodes_uniffi_recognize(text: ByteArray, length: Int, out: ByteArray, capacity: Int): Int

    external fun aerocodes_uniffi_lookup_at(dialect: Int, value: Int, release: ByteArray, length: Int): Int
}

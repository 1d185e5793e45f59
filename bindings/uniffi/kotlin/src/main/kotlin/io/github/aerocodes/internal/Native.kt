package io.github.aerocodes.internal

import io.github.aerocodes.Advice
import io.github.aerocodes.Answer
import io.github.aerocodes.Code
import io.github.aerocodes.Condition
import io.github.aerocodes.Dialect
import io.github.aerocodes.Finding
import io.github.aerocodes.Hit
import io.github.aerocodes.Operation
import io.github.aerocodes.Reading
import io.github.aerocodes.Subcode
import io.github.aerocodes.Texts
import io.github.aerocodes.Translation
import io.github.aerocodes.ffi.NativeAnswer
import io.github.aerocodes.ffi.nativeAdvise
import io.github.aerocodes.ffi.nativeErratum
import io.github.aerocodes.ffi.nativeFind
import io.github.aerocodes.ffi.nativeLookupAt
import io.github.aerocodes.ffi.nativeReadings
import io.github.aerocodes.ffi.nativeRecognize
import io.github.aerocodes.ffi.nativeRows
import io.github.aerocodes.ffi.nativeSearch
import io.github.aerocodes.ffi.nativeTexts
import io.github.aerocodes.ffi.nativeTranslate

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

    private fun known(rows: List<Int>): List<Reading.Known> = rows.mapNotNull { Registry.rows.getOrNull(it) }

    private fun answer(a: NativeAnswer): Answer = when (a) {
        NativeAnswer.UNKNOWN -> Answer.UNKNOWN
        NativeAnswer.NO -> Answer.NO
        NativeAnswer.DEPENDS -> Answer.DEPENDS
        NativeAnswer.YES -> Answer.YES
    }

    fun lookupAt(dialect: Dialect, value: Int, release: String): Reading {
        val row = nativeLookupAt(dialect.id, value, clean(release))
        require(row != -2) { "\"${release.take(64)}\" is no release; write one to four numbers with dots, as in 4.5.0.1" }
        return Registry.rows.getOrNull(row) ?: Reading.Unknown(dialect, value)
    }

    fun readings(value: Int): List<Reading.Known> = known(nativeReadings(value))

    fun find(spelling: String): List<Reading.Known> = known(nativeFind(clean(spelling)))

    fun search(words: String): List<Hit> =
        nativeSearch(clean(words)).mapNotNull { hit -> Condition.orNull(hit.condition)?.let { Hit(it, hit.score.toLong()) } }

    fun translate(code: Code, to: Dialect): Translation {
        val t = nativeTranslate(code.dialect.id, code.value, to.id)
        val from = code.lookup()
        return when (t.kind) {
            2 -> Translation.Exact(from, to, known(t.targets), t.reason)
            1 -> Translation.Folded(from, to, known(t.targets), t.reason)
            else -> Translation.None(from, to, t.reason)
        }
    }

    fun advise(code: Code, operation: Operation, inDoubt: Boolean?): Advice {
        val a = nativeAdvise(code.dialect.id, code.value, operation.id, if (inDoubt == null) -1 else if (inDoubt) 1 else 0)
        return Advice(code.lookup(), operation, inDoubt, answer(a.retryable), answer(a.maybeApplied), answer(a.retryableNotApplied), a.rule)
    }

    fun texts(condition: Int): Texts {
        val t = nativeTexts(condition)
        val subcodes = t.subcodes.map { Subcode(it.value.toLong(), it.name, it.summary) }
        return Texts(t.cause, t.remedy, t.reason, t.keywords, t.sources, t.docs, subcodes)
    }

    fun erratum(row: Int): String? = nativeErratum(row)

    fun recognize(text: String): List<Finding> = nativeRecognize(text.toByteArray(Charsets.UTF_8)).map { f ->
        val candidates = f.dialects.mapNotNull { Dialect.all.getOrNull(it) }
        Finding(
            f.startUtf16.toInt() until f.endUtf16.toInt(),
            candidates.singleOrNull(), candidates, f.value, f.name, Condition.orNull(f.condition), f.subcode?.toLong(),
            f.inDoubt, f.node, f.iteration?.toLong(), f.nested, f.confidence, f.why,
        )
    }
}

package io.github.aerocodes.internal

import io.github.aerocodes.Advice
import io.github.aerocodes.Answer
import io.github.aerocodes.Category
import io.github.aerocodes.Code
import io.github.aerocodes.Condition
import io.github.aerocodes.Dialect
import io.github.aerocodes.Kind
import io.github.aerocodes.Operation
import io.github.aerocodes.Origin
import io.github.aerocodes.Predicates
import io.github.aerocodes.Reading
import java.util.Collections
import java.util.Locale

/** Kotlin's lists are Java's, which Java code can change: what is shared must not be. */
internal fun <T> List<T>.fixed(): List<T> = Collections.unmodifiableList(this)

/** The generated table as objects, made once. */
internal object Registry {
    private fun rows(table: String): List<List<String>> = table.lineSequence().filter { it.isNotEmpty() }.map { it.split('|') }.toList()

    val categories: List<Category> = rows(Tables.CATEGORIES).mapIndexed { i, f -> Category(i, f[0], f[1]) }.fixed()

    val operations: List<Operation> =
        rows(Tables.OPERATIONS).mapIndexed { i, f -> Operation(i, f[0], f[1], f[2] == "1", f[3] == "1") }.fixed()

    val conditions: List<Condition> = rows(Tables.CONDITIONS).mapIndexed { i, f ->
        val predicates = Predicates(Answer.values()[f[4].toInt()], Answer.values()[f[5].toInt()])
        Condition(i + 1, f[0], categories[f[1].toInt()], Origin.valueOf(f[2].uppercase(Locale.ROOT)), f[3] == "1", predicates, f[6], f[7].toInt())
    }.fixed()

    val dialects: List<Dialect> = rows(Tables.DIALECTS).mapIndexed { i, f ->
        val ranges = f[7].split(';').filter { it.isNotEmpty() }.map {
            val (from, to, category) = it.split(',')
            Triple(from.toInt(), to.toInt(), categories[category.toInt()])
        }
        Dialect(i, f[0], f[1], f[2], Kind.valueOf(f[3].uppercase(Locale.ROOT)), f[4], f[5], f[6].split(',').filter { it.isNotEmpty() }.fixed(), ranges)
    }.fixed()

    /** All readings, in the order of the native library's rows. */
    val rows: List<Reading.Known>

    init {
        val all = ArrayList<Reading.Known>()
        for (dialect in dialects) {
            val from = all.size
            for (f in rows(Tables.READINGS[dialect.id])) {
                val flags = f[3].toInt()
                all += Reading.Known(
                    dialect, f[0].toInt(), f[1].ifEmpty { null }, conditions[f[2].toInt() - 1],
                    flags and 1 != 0, flags and 2 != 0, flags and 4 != 0, flags and 8 != 0, flags and 16 != 0,
                    f[4], f[5].ifEmpty { null }, f[6].ifEmpty { null }, all.size,
                )
            }
            dialect.fill(all.subList(from, all.size).toList().fixed())
        }
        rows = all.fixed()
    }

    /** What to advise: three answers and a rule; by row, operation and flag. */
    private class Cell(val retryable: Answer, val maybeApplied: Answer, val retryableNotApplied: Answer, val rule: String)

    private val advice: List<List<Cell>>

    init {
        val answers = Answer.values()
        val rules = Tables.RULES.split('\n')
        advice = rows(Tables.ADVICE).map { row ->
            row.map { cell ->
                val (retry, applied, safely, rule) = cell.map { it.digitToInt() }
                Cell(answers[retry], answers[applied], answers[safely], rules[rule])
            }
        }
    }

    fun advise(code: Code, operation: Operation, inDoubt: Boolean?): Advice {
        val reading = code.lookup()
        val flag = if (inDoubt == null) 0 else if (inDoubt) 2 else 1
        val cell = advice[reading.condition?.adviceRow ?: 0][operation.id * 3 + flag]
        return Advice(reading, operation, inDoubt, cell.retryable, cell.maybeApplied, cell.retryableNotApplied, cell.rule)
    }

    /** The readings of a bare number, the likeliest first: what is said today, in older releases, in legacy numberings, in logs. */
    private val byValue: Map<Int, List<Reading.Known>> by lazy {
        rows.groupBy { it.value }.mapValues { (_, readings) ->
            readings.sortedBy {
                when {
                    it.wrong -> 4
                    it.dialect.kind == Kind.LOG -> 3
                    it.dialect.kind == Kind.LEGACY -> 2
                    it.retired -> 1
                    else -> 0
                }
            }.fixed()
        }
    }

    fun readings(value: Int): List<Reading.Known> = byValue[value].orEmpty()

    private val byName: Map<String, List<Reading.Known>> by lazy { named { it } }
    private val byFolded: Map<String, List<Reading.Known>> by lazy { named { fold(it) } }
    private val longest: Int by lazy { byName.keys.maxOf { it.length } }

    private fun named(key: (String) -> String): Map<String, List<Reading.Known>> =
        rows.filter { it.name != null }.groupBy { key(it.name!!) }.mapValues { it.value.fixed() }

    /** Names are ASCII: a letter beyond is never the same as one of theirs, whatever its case. */
    private fun fold(text: String): String = String(CharArray(text.length) { text[it].let { c -> if (c in 'A'..'Z') c + 32 else c } })

    fun find(spelling: String): List<Reading.Known> =
        if (spelling.length > longest) emptyList() else byName[spelling] ?: byFolded[fold(spelling)].orEmpty()
}

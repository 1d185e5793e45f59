package io.github.aerocodes.internal

import io.github.aerocodes.Answer
import io.github.aerocodes.Category
import io.github.aerocodes.Condition
import io.github.aerocodes.Dialect
import io.github.aerocodes.Kind
import io.github.aerocodes.Operation
import io.github.aerocodes.Origin
import io.github.aerocodes.Predicates
import io.github.aerocodes.Reading

/** The generated table as objects, made once. */
internal object Registry {
    private fun rows(table: String): List<List<String>> = table.lineSequence().filter { it.isNotEmpty() }.map { it.split('|') }.toList()

    val categories: List<Category> = rows(Tables.CATEGORIES).mapIndexed { i, f -> Category(i, f[0], f[1]) }

    val operations: List<Operation> =
        rows(Tables.OPERATIONS).mapIndexed { i, f -> Operation(i, f[0], f[1], f[2] == "1", f[3] == "1") }

    val conditions: List<Condition> = rows(Tables.CONDITIONS).mapIndexed { i, f ->
        val predicates = Predicates(Answer.values()[f[4].toInt()], Answer.values()[f[5].toInt()])
        Condition(i + 1, f[0], categories[f[1].toInt()], Origin.valueOf(f[2].uppercase()), f[3] == "1", predicates, f[6])
    }

    val dialects: List<Dialect> = rows(Tables.DIALECTS).mapIndexed { i, f ->
        val ranges = f[7].split(';').filter { it.isNotEmpty() }.map {
            val (from, to, category) = it.split(',')
            Triple(from.toInt(), to.toInt(), categories[category.toInt()])
        }
        Dialect(i, f[0], f[1], f[2], Kind.valueOf(f[3].uppercase()), f[4], f[5], f[6].split(',').filter { it.isNotEmpty() }, ranges)
    }

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
            dialect.fill(all.subList(from, all.size).toList())
        }
        rows = all
    }
}

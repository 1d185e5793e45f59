import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import io.github.aerocodes.Aerocodes
import io.github.aerocodes.Answer
import io.github.aerocodes.Category
import io.github.aerocodes.Code
import io.github.aerocodes.Condition
import io.github.aerocodes.Dialect
import io.github.aerocodes.Operation
import io.github.aerocodes.Reading
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** `bindings/vectors.json`, which every language is held to. */
class VectorsTest {
    private val vectors: JsonObject = JsonParser.parseString(File(System.getenv("AEROCODES_VECTORS")).readText()).asJsonObject

    private fun rows(section: String): List<JsonArray> =
        vectors.getAsJsonArray(section).map { it.asJsonArray }.also { assertTrue("$section is empty", it.isNotEmpty()) }

    private fun names(list: String): List<String> = vectors.getAsJsonArray(list).map { it.asString }

    private val JsonElement.text: String? get() = if (isJsonNull) null else asString

    private fun code(row: JsonArray) = Code(Aerocodes.dialect(row[0].asString), row[1].asInt)

    @Test
    fun lists() {
        assertEquals(names("dialects"), Dialect.all.map { it.key })
        assertEquals(names("conditions"), Condition.all.map { it.name })
        assertEquals(names("operations"), Operation.all.map { it.key })
        assertEquals(names("categories"), Category.all.map { it.key })
    }

    @Test
    fun lookups() = rows("lookups").forEach { row ->
        val r = code(row).lookup() as Reading.Known
        assertEquals(
            "$r",
            row.toList().drop(2).map { if (it.isJsonArray) it.asJsonArray.map { a -> a.asString }.toString() else it.text },
            listOf(
                r.name, "${r.condition.id}", r.category.key, "${r.origin}", if (r.enterprise) "enterprise" else "any",
                r.since, r.until, "${r.primary}",
                listOf(r.predicates.retryable, r.predicates.maybeApplied, r.predicates.retryableNotApplied).map { "$it" }.toString(),
            ),
        )
    }

    @Test
    fun releases() = rows("at").forEach { row ->
        val c = code(row)
        val r = c.dialect.lookup(c.value, row[2].asString)
        assertEquals("$c in ${row[2]}", row[3].text to row[4].asInt, r.name to (r.condition?.id ?: 0))
    }

    @Test
    fun unknown() = rows("unknown").forEach { row ->
        val r = code(row).lookup()
        assertTrue("$r", r is Reading.Unknown && r.name == null && r.condition == null)
        assertEquals("$r", code(row) to row[2].asString, r.code to r.category.key)
    }

    @Test
    fun translations() = rows("translations").forEach { row ->
        val wanted = row[2].asJsonObject
        for (to in Dialect.all) {
            val t = code(row).translate(to)
            val want = wanted.get(to.key)?.asJsonArray
            assertEquals("$t", want?.get(0)?.asString ?: "none", t.kind)
            assertEquals("$t", want?.get(1)?.asJsonArray?.map { it.asInt } ?: emptyList<Int>(), t.targets.map { it.value })
            assertTrue(t.reason.isNotEmpty())
        }
    }

    @Test
    fun advice() {
        val letter = { a: Answer -> "$a".take(1) }
        for (row in rows("advice")) {
            row[2].asJsonArray.forEachIndexed { op, doubts ->
                listOf(null, false, true).forEachIndexed { i, doubt ->
                    val a = code(row).advise(Operation.of(op), doubt)
                    assertEquals("$a", doubts.asJsonArray[i].asString, letter(a.retryable) + letter(a.maybeApplied) + letter(a.retryableNotApplied))
                    assertTrue(a.rule.isNotEmpty())
                }
            }
        }
    }

    @Test
    fun names() = rows("names").forEach { row ->
        assertEquals(row[0].asString, row[1].asJsonArray.map { code(it.asJsonArray) }, Aerocodes.find(row[0].asString).map { it.code })
    }

    @Test
    fun readings() = rows("readings").forEach { row ->
        assertEquals("${row[0]}", row[1].asInt, Aerocodes.readings(row[0].asInt).size)
    }

    @Test
    fun searches() = rows("searches").forEach { row ->
        assertEquals(row[0].asString, row[1].asString, Aerocodes.search(row[0].asString).first().condition.name)
    }

    @Test
    fun decode() = (rows("lookups") + rows("unknown")).groupBy { it[0].asString }.forEach { (key, column) ->
        val d = Aerocodes.dialect(key)
        val values = column.map { it[1].asInt }.toIntArray()
        val ids = d.decode(values)
        values.forEachIndexed { i, v -> assertEquals("$key:$v", d[v].condition?.id ?: 0, ids[i].toInt() and 0xFF) }
    }
}

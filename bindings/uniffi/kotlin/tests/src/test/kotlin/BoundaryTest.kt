import io.github.aerocodes.Aerocodes
import io.github.aerocodes.Answer
import io.github.aerocodes.Code
import io.github.aerocodes.Condition
import io.github.aerocodes.Conditions
import io.github.aerocodes.Dialect
import io.github.aerocodes.Dialects
import io.github.aerocodes.Operation
import io.github.aerocodes.Translation
import io.github.aerocodes.ffi.nativeAdvise
import io.github.aerocodes.ffi.nativeErratum
import io.github.aerocodes.ffi.nativeFind
import io.github.aerocodes.ffi.nativeLookupAt
import io.github.aerocodes.ffi.nativeReadings
import io.github.aerocodes.ffi.nativeRecognize
import io.github.aerocodes.ffi.nativeSearch
import io.github.aerocodes.ffi.nativeTexts
import io.github.aerocodes.ffi.nativeTranslate
import java.io.File
import java.util.Random
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** What this library answers itself is what the native one answers, and nothing stays behind of the calls that cross. */
class BoundaryTest {
    /** Ten million under --full, fewer in the gate. */
    private val calls: Int = Integer.getInteger("aerocodes.calls", 100_000)

    /** How often each answer at random is compared. */
    private val rounds = minOf(calls / 50, 20_000)
    private val random = Random(20_260_101)
    private val rows = Dialect.all.flatMap { it.readings }
    private val line = "é😀 com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0: Hot key\n"

    private fun number(): Int = when (random.nextInt(3)) {
        0 -> rows[random.nextInt(rows.size)].value
        1 -> random.nextInt(3000) - 500
        else -> random.nextInt()
    }

    @Test
    fun adviceIsTheNativeLibrarys() {
        for (d in Dialect.all) for (value in (d.readings.map { it.value } + List(20) { number() }).toSet()) {
            for (operation in Operation.all) for ((flag, doubt) in listOf(-1 to null, 0 to false, 1 to true)) {
                val ours = Code(d, value).advise(operation, doubt)
                val theirs = nativeAdvise(d.id, value, operation.id, flag)
                assertEquals(
                    "$d:$value $operation $doubt",
                    listOf(theirs.retryable, theirs.maybeApplied, theirs.retryableNotApplied).map { it.name } + theirs.rule,
                    listOf(ours.retryable, ours.maybeApplied, ours.retryableNotApplied).map(Answer::name) + ours.rule,
                )
            }
        }
    }

    @Test
    fun readingsAndNamesAreTheNativeLibrarys() {
        repeat(rounds) {
            val value = number()
            assertEquals("$value", nativeReadings(value).map { rows[it] }, Aerocodes.readings(value))
        }
        val names = rows.mapNotNull { it.name }
        repeat(rounds) {
            val name = names[random.nextInt(names.size)]
            val spelling = String(CharArray(name.length) { if (random.nextInt(4) == 0) name[it].swapped() else name[it] })
            val text = when (random.nextInt(8)) {
                0 -> name
                1 -> spelling.drop(1)
                2 -> "$spelling "
                3 -> spelling.replace('K', '\u212A').replace('S', '\u017F')
                else -> spelling
            }
            assertEquals(text, nativeFind(text).map { rows[it] }, Aerocodes.find(text))
        }
    }

    private fun Char.swapped(): Char = if (isUpperCase()) lowercaseChar() else uppercaseChar()

    @Test
    fun releasesAreTheNativeLibrarys() = repeat(rounds) {
        val d = Dialect.all[random.nextInt(16)]
        val value = number()
        val release = List(1 + random.nextInt(4)) { random.nextInt(if (random.nextBoolean()) 10 else 100) }.joinToString(".")
        val row = nativeLookupAt(d.id, value, release)
        assertEquals("$d:$value $release", if (row < 0) d.lookup(value, release).also { r -> assertEquals(null, r.condition) } else rows[row], d.lookup(value, release))
    }

    @Test
    fun bothWaysOfRecognizingAgree() {
        val trace = File(System.getenv("AEROCODES_TRACE")).readText()
        repeat(rounds / 2) {
            val from = random.nextInt(trace.length)
            val piece = StringBuilder(trace.substring(from, minOf(trace.length, from + random.nextInt(6000))))
            repeat(random.nextInt(4)) { if (piece.isNotEmpty()) piece.setCharAt(random.nextInt(piece.length), Char(random.nextInt(0x300))) }
            val text = "$piece"
            val slow = nativeRecognize(text.toByteArray())
            val fast = Aerocodes.recognize(text)
            assertEquals(
                text,
                slow.map { listOf(it.startUtf16.toInt(), it.endUtf16.toInt(), it.value, it.name, it.node, it.confidence, it.nested, it.why) },
                fast.map { listOf(it.start, it.end, it.value, it.name, it.node, it.confidence, it.nested, it.why) },
            )
        }
    }

    @Test
    fun textsAndTranslationsAreTheNativeLibrarys() {
        for (c in Condition.all) {
            val t = nativeTexts(c.id)
            assertEquals(
                listOf(t.cause, t.remedy, t.reason, t.keywords, t.sources, t.docs, t.subcodes.map { "${it.value} ${it.name}: ${it.summary}" }),
                with(c.texts) { listOf(cause, remedy, reason, keywords, sources, docs, subcodes.map { "${it.value} ${it.name}: ${it.summary}" }) },
            )
        }
        rows.forEachIndexed { i, row -> assertEquals("$row", nativeErratum(i), row.erratum) }
        repeat(rounds) {
            val row = rows[random.nextInt(rows.size)]
            val to = Dialect.all[random.nextInt(16)]
            val theirs = nativeTranslate(row.dialect.id, row.value, to.id)
            val ours = row.code.translate(to)
            val (kind, targets) = when (ours) {
                is Translation.None -> 0 to emptyList()
                is Translation.Folded -> 1 to ours.targets
                is Translation.Exact -> 2 to ours.targets
            }
            assertEquals("$row in $to", listOf(theirs.kind, theirs.targets.map { rows[it] }, theirs.reason), listOf(kind, targets, ours.reason))
        }
    }

    @Test
    fun searchesAreTheNativeLibrarys() {
        val words = Condition.all.flatMap { c -> c.summary.split(' ') + c.texts.keywords } + listOf("", "é\uD83D\uDE00", " ", "K\u212A")
        repeat(rounds / 10) {
            val text = List(1 + random.nextInt(4)) { words[random.nextInt(words.size)].drop(random.nextInt(2)) }.joinToString(" ")
            assertEquals(text, nativeSearch(text).map { it.condition to it.score.toLong() }, Aerocodes.search(text).map { it.condition.id to it.score })
        }
    }

    /** All verbs that cross, from eight threads; the slow ones, and answers longer than most, now and then. */
    @Test
    fun nothingLeaks() {
        val status = File("/proc/self/status")
        if (!status.exists()) return
        fun resident(): Long {
            // What JNA keeps of its own until the collector has run is no leak.
            repeat(5) {
                System.gc()
                Thread.sleep(200)
            }
            return status.readLines().first { it.startsWith("VmRSS") }.filter { it.isDigit() }.toLong()
        }
        val long = line.repeat(20) + "nothing to see here ".repeat(1000)
        val wrong = rows.first { it.erratum != null }
        val threads = 8
        val pool = Executors.newFixedThreadPool(threads)
        fun work(times: Int) {
            val jobs = List(threads) { t ->
                Callable {
                    for (i in t until times step threads) {
                        when (val k = i / threads and 4095) {
                            0 -> check(Aerocodes.recognize(long).size == 20)
                            1 -> check(Aerocodes.search("hot key").first().condition === Conditions.KEY_BUSY)
                            2 -> check(wrong.erratum != null)
                            in 3..1023 -> check(Dialects.JAVA.lookup(11, "4.1.1").condition === Conditions.PARTITION_UNAVAILABLE)
                            else -> check(Aerocodes.recognize(if (k == 1024) "nothing to see" else line).size == (if (k == 1024) 0 else 1))
                        }
                    }
                }
            }
            pool.invokeAll(jobs).forEach { it.get() }
        }
        work(maxOf(50_000, calls / 20))
        val before = resident()
        work(calls)
        val grown = resident() - before
        pool.shutdown()
        println("$calls calls over the boundary from $threads threads: resident memory $before KB after warming up, grown by $grown KB")
        // The heap is touched from the start, so that what grows is native. Eight bytes a call, or what the allocator keeps for each thread.
        val bound = maxOf(24_000L, calls / 128L)
        assertTrue("$calls calls left $grown KB, more than $bound KB", grown < bound)
    }
}

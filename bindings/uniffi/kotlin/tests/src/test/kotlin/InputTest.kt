import com.sun.jna.Platform
import io.github.aerocodes.Aerocodes
import io.github.aerocodes.Code
import io.github.aerocodes.Condition
import io.github.aerocodes.Conditions
import io.github.aerocodes.Dialect
import io.github.aerocodes.Dialects
import io.github.aerocodes.Operations
import io.github.aerocodes.Reading
import io.github.aerocodes.codes.JavaCodes
import java.io.File
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.jar.JarFile
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test

/** Wrong, huge and simultaneous input. */
class InputTest {
    private val line = "é😀 com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0: Hot key\n"
    private val huge = line.repeat(20_000)
    private val broken = "\uD800 TIMEOUT \uDFFF\u0000"

    @Test
    fun theLibraryIsTheJars() {
        val maps = File("/proc/self/maps")
        if (!maps.exists()) return
        assertTrue(Aerocodes.readings(9).isNotEmpty())
        // JNA unpacks the jar's library under a name of its own; one found elsewhere keeps its name.
        assertTrue(maps.readLines().none { "libaerocodes_uniffi" in it } && maps.readLines().any { "jna" in it })
    }

    @Test
    fun theJarIsWhole() {
        val jar = JarFile(File(Aerocodes::class.java.protectionDomain.codeSource.location.toURI()))
        for (entry in listOf("${Platform.RESOURCE_PREFIX}/${System.mapLibraryName("aerocodes_uniffi")}", "META-INF/LICENSE-APACHE", "META-INF/LICENSE-MIT")) {
            assertTrue(entry, jar.getEntry(entry) != null)
        }
        assertEquals("io.github.aerocodes", jar.manifest.mainAttributes.getValue("Automatic-Module-Name"))
    }

    @Test
    fun extremeNumbersAreValues() {
        for (d in Dialect.all) {
            for (v in listOf(Int.MIN_VALUE, Int.MIN_VALUE + 1, -65536, 65536 + 9, Int.MAX_VALUE)) {
                val r = d[v]
                assertTrue("$r", r is Reading.Unknown && r.value == v && r.summary == null)
                assertEquals(r, d.lookup(v))
                assertTrue(r.code.advise(Operations.READ).reason.isEmpty())
                assertTrue(r.code.translate(Dialects.GO).targets.isEmpty())
                assertTrue(Aerocodes.readings(v).isEmpty())
            }
            assertEquals(0, d.decode(IntArray(0)).size)
        }
    }

    @Test
    fun wrongTextIsAnsweredOrRefusedWithAReason() {
        for (release in listOf("", "v", "1..2", "1.2.3.4.5", "65535", "x", broken, "1".repeat(1_000_000))) {
            val e = assertThrows(IllegalArgumentException::class.java) { Dialects.JAVA.lookup(11, release) }
            assertTrue(e.message!!.length < 300)
        }
        val e = assertThrows(IllegalArgumentException::class.java) { Aerocodes.dialect("cobol") }
        assertTrue(e.message!!, "nodejs-1.0" in e.message!!)
        for (text in listOf("", " ", broken, huge, "\u0000")) {
            assertThrows(IllegalArgumentException::class.java) { Aerocodes.dialect(text) }
            assertTrue(Aerocodes.find(text).isEmpty())
            Aerocodes.search(text)
            Aerocodes.recognize(text)
        }
        assertNull(Condition.orNull(0))
        assertNull(Condition.orNull(Int.MAX_VALUE))
        assertThrows(IllegalArgumentException::class.java) { Condition.of(-1) }
        assertThrows(IllegalArgumentException::class.java) { Dialect.of(-1) }
    }

    @Test
    fun rangesCountUtf16Units() {
        val found = Aerocodes.recognize(huge)
        assertEquals(20_000, found.size)
        for (f in listOf(found.first(), found.last())) {
            assertEquals(Code(Dialects.JAVA, JavaCodes.KEY_BUSY), f.code)
            assertTrue(huge.substring(f.range), "14" in huge.substring(f.range))
            assertTrue("$f", f.firstRelease != null && f.why.isNotEmpty())
            assertEquals('\n', huge[huge.indexOf('\n', f.range.last)])
        }
        val half = Aerocodes.recognize("\uD800 $line").single()
        assertEquals(Aerocodes.recognize(line).single().range.first + 2, half.range.first)
    }

    @Test
    fun thereIsOneObjectForEachReading() {
        assertSame(Dialects.JAVA[9], Aerocodes.find("TIMEOUT").first { it.dialect == Dialects.JAVA })
        assertSame(Conditions.TIMEOUT, Dialects.GO[9].condition)
        assertTrue(Conditions.TIMEOUT.texts.cause.isNotEmpty() && Conditions.FORBIDDEN.texts.subcodes.isNotEmpty())
        assertTrue(Dialect.all.flatMap { it.readings }.any { it.erratum != null })
    }

    @Test
    fun manyThreads() {
        val pool = Executors.newFixedThreadPool(16)
        val results = pool.invokeAll(
            List(64) {
                Callable {
                    repeat(50) { i ->
                        check(Dialects.JAVA[9].condition === Conditions.TIMEOUT)
                        check(Aerocodes.recognize(line).size == 1)
                        check(Code(Dialects.JAVA, i).advise(Operations.WRITE, true).rule.isNotEmpty())
                        check(Aerocodes.search("hot key").first().condition == Conditions.KEY_BUSY)
                    }
                    true
                }
            },
        )
        assertTrue(results.all { it.get() })
        pool.shutdown()
    }
}

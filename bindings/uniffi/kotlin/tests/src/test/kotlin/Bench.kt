import io.github.aerocodes.Aerocodes
import io.github.aerocodes.Code
import io.github.aerocodes.Dialects
import io.github.aerocodes.Operations
import io.github.aerocodes.Reading
import io.github.aerocodes.ffi.nativeReadings
import java.util.Random

/** Times the hot lookup beside `HashMap.get` over the same numbers, and calls that cross the boundary. */
object Bench {
    @JvmStatic
    fun main(args: Array<String>) {
        val java = Dialects.JAVA
        val map = HashMap<Int, Reading>()
        for (r in java.readings.asReversed()) map[r.value] = r
        val random = Random(7)
        // One in eight is unknown.
        val known = map.keys.toList()
        val numbers = IntArray(8192) { if (it % 8 == 0) 300 + random.nextInt(100) else known[random.nextInt(known.size)] }
        fun time(times: Int, f: (Int) -> Any?): Double {
            var best = Double.MAX_VALUE
            repeat(15) {
                var seen = 0
                val start = System.nanoTime()
                repeat(times) { for (n in numbers) if (f(n) != null) seen++ }
                best = minOf(best, (System.nanoTime() - start).toDouble() / times / numbers.size)
                if (seen == 42) println(seen)
            }
            return best
        }
        val ours = time(500) { java.lookup(it).condition }
        val theirs = time(500) { map[it]?.condition }
        println("lookup %.2f ns, HashMap.get %.2f ns: %.2f x (bar 3 x)".format(ours, theirs, ours / theirs))
        println("advise %.0f ns, readings of a bare number %.0f ns".format(time(50) { Code(java, it).advise(Operations.WRITE) }, time(50) { Aerocodes.readings(it) }))
        val line = "com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0: Hot key\n"
        println("over the boundary, one short line: recognize %.0f ns".format(time(5) { Aerocodes.recognize(line) }))
        println("over the boundary, as of a release: lookup %.0f ns".format(time(5) { java.lookup(it, "4.1.0") }))
        println("over the boundary in UniFFI's buffers, which the package does not use: readings %.0f ns".format(time(1) { nativeReadings(it) }))
        val text = line.repeat(10_000)
        val start = System.nanoTime()
        val found = Aerocodes.recognize(text).size
        println("recognize %d findings in %.1f MB: %.1f ms".format(found, text.length / 1e6, (System.nanoTime() - start) / 1e6))
    }
}

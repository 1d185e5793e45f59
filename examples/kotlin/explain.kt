// The one small program, in Kotlin: see examples/README.md.
import io.github.aerocodes.Aerocodes
import io.github.aerocodes.Dialects
import io.github.aerocodes.Operations
import java.io.File
import kotlin.system.exitProcess

fun main(args: Array<String>) {
    if (args.size != 2) {
        System.err.println("usage: explain CODES TRACE")
        exitProcess(2)
    }
    for (line in File(args[0]).readLines().filter { it.isNotEmpty() }) {
        val (key, number) = line.split(' ')
        val code = Aerocodes.dialect(key).code(number.toInt())
        val reading = code.lookup()
        println("$code ${reading.name ?: "-"} = ${reading.condition ?: "-"} [${reading.category}]")
        println("  ${reading.summary ?: "-"}")
        val a = code.advise(Operations.WRITE)
        println("  write: retry ${a.retryable}, applied ${a.maybeApplied}, safe ${a.retryableNotApplied}")
        val t = code.translate(Dialects.GO)
        println("  go: ${t.kind} ${t.targets.joinToString { "${it.value}" }.ifEmpty { "-" }}")
    }
    for (f in Aerocodes.recognize(File(args[1]).readText())) {
        println("${if (f.nested) "  " else ""}found ${f.dialect ?: "?"}:${f.value ?: "-"} ${f.condition ?: "-"}")
    }
}

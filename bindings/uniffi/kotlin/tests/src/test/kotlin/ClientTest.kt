import com.aerospike.client.AerospikeClient
import com.aerospike.client.AerospikeException
import com.aerospike.client.ResultCode
import io.github.aerocodes.Aerocodes
import io.github.aerocodes.Answer
import io.github.aerocodes.Code
import io.github.aerocodes.Conditions
import io.github.aerocodes.Dialects
import io.github.aerocodes.Operations
import io.github.aerocodes.Reading
import io.github.aerocodes.aerocodes
import java.lang.reflect.Modifier
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Assert.fail
import org.junit.Test

/** The official Java client. */
class ClientTest {
    private val constants: Map<String, Int> = ResultCode::class.java.fields
        .filter { Modifier.isStatic(it.modifiers) && it.type == Int::class.javaPrimitiveType }
        .associate { it.name to it.getInt(null) }

    @Test
    fun everyResultCodeIsKnownUnderItsNameAndNumber() {
        assertTrue("only ${constants.size} constants were read", constants.size > 80)
        for ((name, value) in constants) {
            val readings = Code(Dialects.JAVA, value).readings
            assertTrue("$name = $value is $readings", readings.any { it.name == name && !it.retired && !it.wrong })
        }
    }

    @Test
    fun everyCurrentReadingIsAResultCode() {
        for (r in Dialects.JAVA.readings.filter { it.name != null && !it.retired && !it.wrong }) {
            assertEquals("$r", r.value, constants[r.name!!])
        }
    }

    @Test
    fun exceptionsAreRead() {
        val timeout = RuntimeException("cart 4711", AerospikeException(ResultCode.TIMEOUT, true))
        val caught = timeout.aerocodes()!!
        assertEquals(Conditions.TIMEOUT, caught.condition)
        assertEquals(true, caught.inDoubt)
        assertEquals(Answer.YES, caught.advise(Operations.WRITE).maybeApplied)
        assertEquals(Conditions.KEY_BUSY, Aerocodes.of(AerospikeException(ResultCode.KEY_BUSY))?.condition)
        val unknown = AerospikeException(4711, "new").aerocodes()!!
        assertTrue(unknown.reading is Reading.Unknown && unknown.reading.value == 4711)
    }

    @Test
    fun subclassesCausesAndFlagsAreRead() {
        class OwnException : AerospikeException(ResultCode.DEVICE_OVERLOAD, "own")
        assertEquals(Conditions.DEVICE_OVERLOAD, OwnException().aerocodes()?.condition)
        val inner = AerospikeException.Timeout("t", 1, 2, true).apply {
            setInDoubt(true)
            iteration = 3
        }
        val caught = IllegalStateException("outer", RuntimeException(inner)).aerocodes()!!
        assertSame(inner, caught.exception)
        assertEquals(Conditions.TIMEOUT to true, caught.condition to caught.inDoubt)
        assertEquals(3, (caught.exception as AerospikeException).iteration)
        // The outermost Aerospike exception is the one that was raised.
        val outer = AerospikeException(ResultCode.MAX_RETRIES_EXCEEDED, inner)
        assertEquals(ResultCode.MAX_RETRIES_EXCEEDED, outer.aerocodes()?.reading?.value)
    }

    @Test
    fun aRealFailureToConnectIsRead() {
        try {
            // A closed port of this machine: nothing listens on 1.
            AerospikeClient("127.0.0.1", 1).close()
            fail("something answered on port 1")
        } catch (e: AerospikeException) {
            val caught = e.aerocodes()!!
            assertEquals(e.resultCode, caught.reading.value)
            assertEquals(Conditions.SERVER_NOT_AVAILABLE, caught.condition)
            val found = Aerocodes.recognize("ERROR $e")
            assertTrue("$e", found.any { it.condition == Conditions.SERVER_NOT_AVAILABLE && it.dialect == Dialects.JAVA })
        }
    }

    @Test
    fun otherExceptionsAreNot() {
        assertNull(Aerocodes.of(null))
        assertNull(IllegalStateException("Error 9").aerocodes())
        val a = RuntimeException()
        val b = RuntimeException(a)
        a.initCause(b)
        assertNull(a.aerocodes())
    }
}

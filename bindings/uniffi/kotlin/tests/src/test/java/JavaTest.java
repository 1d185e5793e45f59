import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.aerospike.client.AerospikeException;
import io.github.aerocodes.Aerocodes;
import io.github.aerocodes.Category;
import io.github.aerocodes.Caught;
import io.github.aerocodes.Code;
import io.github.aerocodes.Condition;
import io.github.aerocodes.Conditions;
import io.github.aerocodes.Dialect;
import io.github.aerocodes.Dialects;
import io.github.aerocodes.Finding;
import io.github.aerocodes.Operation;
import io.github.aerocodes.Operations;
import io.github.aerocodes.Reading;
import io.github.aerocodes.codes.JavaCodes;
import io.github.aerocodes.codes.NodeJs10Codes;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

/** The same library, used from Java. */
public class JavaTest {
    @Test
    public void lookup() {
        Reading r = Dialects.NODEJS_1_0.lookup(602);
        assertEquals("AEROSPIKE_ERR_RECORD_NOT_FOUND", r.getName());
        assertEquals(Conditions.RECORD_NOT_FOUND, r.getCondition());
        assertEquals(602, NodeJs10Codes.AEROSPIKE_ERR_RECORD_NOT_FOUND);
        assertNull(Dialects.SERVER.lookup(88).getName());
        assertEquals("security", Dialects.SERVER.lookup(88).getCategory().getKey());
    }

    @Test
    public void verbs() {
        Code timeout = Aerocodes.dialect("java").code(JavaCodes.TIMEOUT);
        assertEquals("exact", timeout.translate(Dialects.GO).getKind());
        assertFalse(timeout.advise(Operations.WRITE, true).getRule().isEmpty());
        assertEquals(Conditions.SERVER_NOT_AVAILABLE, Aerocodes.lookup(Dialects.JAVA, 11, "4.1.0").getCondition());
        assertTrue(Aerocodes.readings(-8).size() > 5);
    }

    @Test
    public void exceptions() {
        Caught caught = Aerocodes.of(new RuntimeException(new AerospikeException(14)));
        assertEquals(Conditions.KEY_BUSY, caught.getCondition());
    }

    @Test
    public void findings() {
        String text = "é com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0: Hot key";
        Finding found = Aerocodes.recognize(text).get(0);
        assertTrue(text.substring(found.getStart(), found.getEnd()).contains("14"));
        assertEquals(Dialects.JAVA.code(JavaCodes.KEY_BUSY), found.getCode());
    }

    /** What Java sees: static fields and methods, and no name that Kotlin has mangled. */
    @Test
    public void namesAreJavas() throws Exception {
        for (Class<?> c : new Class<?>[] {Aerocodes.class, Code.class, Caught.class, Finding.class, Reading.class, Dialect.class, Condition.class}) {
            for (Method m : c.getMethods()) {
                boolean hidden = m.isSynthetic() || m.getName().endsWith("$aerocodes");
                assertTrue(m.toString(), hidden || !m.getName().matches(".*[-$].*"));
            }
        }
        assertTrue(Modifier.isStatic(Aerocodes.class.getMethod("recognize", String.class).getModifiers()));
        assertTrue(Modifier.isStatic(Dialect.class.getMethod("getAll").getModifiers()));
        assertTrue(Modifier.isStatic(Dialects.class.getField("JAVA").getModifiers()));
        assertTrue(Modifier.isStatic(Conditions.class.getField("TIMEOUT").getModifiers()));
        assertEquals(int.class, JavaCodes.class.getField("TIMEOUT").getType());
    }

    @Test
    public void whatIsSharedCannotBeChanged() {
        Code timeout = Dialects.JAVA.code(JavaCodes.TIMEOUT);
        for (List<?> shared : Arrays.asList(
                Dialect.getAll(), Condition.getAll(), Category.getAll(), Operation.getAll(), Dialects.JAVA.getReadings(), Dialects.NODEJS_1_0.getAliases(),
                Aerocodes.readings(9), Aerocodes.find("TIMEOUT"), Aerocodes.find("timeout"), timeout.translate(Dialects.GO).getTargets(),
                Conditions.TIMEOUT.getTexts().getSources(), Conditions.FORBIDDEN.getTexts().getSubcodes())) {
            assertFalse(shared.isEmpty());
            assertThrows(UnsupportedOperationException.class, () -> shared.remove(0));
        }
    }

    @Test(expected = NullPointerException.class)
    public void nullIsRefused() {
        Aerocodes.recognize(null);
    }

    @Test(expected = NullPointerException.class)
    public void nullDialectIsRefused() {
        Aerocodes.lookup(null, 9);
    }
}

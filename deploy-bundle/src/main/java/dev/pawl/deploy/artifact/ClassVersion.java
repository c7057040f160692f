package dev.pawl.deploy.artifact;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.ByteBuffer;

/** Refuses classes that were compiled for a newer Java than the running one, which would fail only when used. */
final class ClassVersion {

    private static final int MAGIC = 0xCAFEBABE;
    private static final int HEAD_BYTES = 8;
    private static final int MAJOR_AT = 6;
    /** A class file of Java N has the major version N + 44 (JVM specification, table 4.1-A). */
    private static final int OFFSET = 44;

    private ClassVersion() {}

    /**
     * Checks a class; throws a {@link ProblemException} that names it.
     *
     * @param prefix the text before the name in messages
     * @param entry the name of the jar's entry; those under {@code META-INF} are chosen by Java itself
     * @param head the first bytes of the entry
     * @param length the number of bytes in {@code head}
     */
    static void check(String prefix, String entry, byte[] head, int length) {
        if (!entry.endsWith(".class") || entry.startsWith("META-INF/") || length < HEAD_BYTES) {
            return;
        }
        ByteBuffer read = ByteBuffer.wrap(head, 0, length);
        int magic = read.getInt(0);
        int java = read.getShort(MAJOR_AT) - OFFSET;
        int here = Runtime.version().feature();
        if (magic == MAGIC && java > here) {
            throw new ProblemException(
                    ProblemCode.UNRESOLVED,
                    "The class " + prefix + entry + " is compiled for Java " + java + "; the server runs on Java "
                            + here + ".");
        }
    }
}

package dev.pawl.guard;

import dev.pawl.service.guard.ServerExitError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces calls of a class that would end the JVM by calls of {@link ServerExitError}. For a static call only its constant is changed. A
 * call on a {@link Runtime} becomes a static call that takes the runtime as its first argument, which is on the stack already. Thus no code
 * moves, and no frames or jumps have to be recomputed.
 */
final class ExitCalls {

    private static final String GUARD = ServerExitError.class.getName().replace('.', '/');
    private static final String TAKES_STATUS = "(I)V";
    private static final String TAKES_RUNTIME = "(Ljava/lang/Runtime;I)V";
    private static final List<String> ON_RUNTIME = List.of("exit", "halt");

    private final byte[] bytes;
    private final ConstantPool constants;
    private final Set<Integer> madeStatic = new HashSet<>();

    private ExitCalls(byte[] bytes) {
        this.bytes = bytes;
        this.constants = new ConstantPool(bytes);
    }

    /**
     * The class without such calls; the same array when there are none.
     *
     * @throws IllegalArgumentException when it is not a class file of a known format
     */
    static byte[] replaced(byte[] classFile) {
        ExitCalls calls = new ExitCalls(classFile.clone());
        return calls.replace() ? calls.constants.toBytes() : classFile;
    }

    private boolean replace() {
        List<Integer> onSystem = constants.methods("java/lang/System", "exit", TAKES_STATUS);
        List<List<Integer>> onRuntime = ON_RUNTIME.stream()
                .map(name -> constants.methods("java/lang/Runtime", name, TAKES_STATUS))
                .toList();
        if (onSystem.isEmpty() && onRuntime.stream().allMatch(List::isEmpty)) {
            return false;
        }
        int guard = constants.addClass(GUARD);
        onSystem.forEach(method -> constants.moveTo(method, guard));
        for (int i = 0; i < ON_RUNTIME.size(); i++) {
            if (!onRuntime.get(i).isEmpty()) {
                int takesRuntime = constants.addNameAndType(ON_RUNTIME.get(i), TAKES_RUNTIME);
                for (int method : onRuntime.get(i)) {
                    constants.moveTo(method, guard);
                    constants.makeStatic(method, takesRuntime);
                    madeStatic.add(method);
                }
            }
        }
        if (!madeStatic.isEmpty()) {
            changeCode();
        }
        return true;
    }

    private void changeCode() {
        int at = constants.end() + 6; // access, this class, super class
        at += 2 + 2 * Bytes.u2(bytes, at); // interfaces
        at = members(at); // fields
        members(at); // methods
    }

    private int members(int begin) {
        int at = begin + 2;
        for (int left = Bytes.u2(bytes, begin); left > 0; left--) {
            int attributes = Bytes.u2(bytes, at + 6);
            at += 8;
            for (int i = 0; i < attributes; i++) {
                if (constants.isText(Bytes.u2(bytes, at), "Code")) {
                    int length = Bytes.u4(bytes, at + 10);
                    changeCode(at + 14, at + 14 + length);
                }
                at += 6 + Bytes.u4(bytes, at + 2);
            }
        }
        return at;
    }

    private void changeCode(int start, int end) {
        for (int at = start; at < end; at += Instructions.length(bytes, start, at)) {
            if (Bytes.u1(bytes, at) == Instructions.INVOKE_VIRTUAL && madeStatic.contains(Bytes.u2(bytes, at + 1))) {
                bytes[at] = (byte) Instructions.INVOKE_STATIC;
            }
        }
    }
}

package dev.pawl.guard;

import java.util.Map;
import java.util.function.IntConsumer;

/** Tries to end the JVM in every way that code can, among all kinds of instructions. The test loads it with its calls replaced. */
public final class Leaver {

    private Leaver() {}

    /** The ways to end the JVM, by name; each takes a status. */
    public static Map<String, IntConsumer> ways() {
        return Map.of(
                "System.exit",
                Leaver::plainly,
                "Runtime.exit",
                status -> Runtime.getRuntime().exit(status),
                "Runtime.halt",
                status -> Runtime.getRuntime().halt(status),
                "by reference",
                (IntConsumer) System::exit,
                "by bound reference",
                Runtime.getRuntime()::halt,
                "among switches",
                Leaver::amongSwitches);
    }

    /** A method that merely has the same name and does not end the JVM. */
    public static int exit(int status) {
        return status + 1;
    }

    private static void plainly(int status) {
        if (exit(status) == status + 1) {
            System.exit(status);
        }
    }

    private static void amongSwitches(int status) {
        long[][] numbers = new long[2][3];
        double number = 3.25 * status;
        for (int i = 0; i < 1_000; i += 300) {
            numbers[i % 2][i % 3] += (long) number;
        }
        switch (status) {
            case 0, 1, 2, 3 -> numbers[0][0]++;
            case 100 -> numbers[0][1]--;
            default -> numbers[1][2] *= 2;
        }
        switch (Integer.toString(status)) {
            case "7" -> Runtime.getRuntime().exit(status);
            case "8" -> numbers[0][0] = -1;
            default -> Runtime.getRuntime().halt(status);
        }
    }
}

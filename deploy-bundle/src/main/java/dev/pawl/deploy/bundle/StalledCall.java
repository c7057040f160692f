package dev.pawl.deploy.bundle;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The place in a module's code where a call of the framework waits. */
final class StalledCall {

    /** The classes between the framework's call and the module: those of the JDK, the framework and the server. */
    private static final Pattern PLATFORM = Pattern.compile(
            "(?:java|javax|jdk|sun|com\\.sun|org\\.apache\\.felix|org\\.osgi)\\..*|dev\\.pawl\\.(?:deploy|guard|base)\\..*");

    private StalledCall() {}

    /** The innermost frame of module code, such as {@code com.example.Sample.<init>(Sample.java:12)}; none when it is elsewhere. */
    static Optional<String> place(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !PLATFORM.matcher(frame.getClassName()).matches())
                .findFirst()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")");
    }

    /** The sentences about it. */
    static String remedy(String place) {
        return " It waited in " + place
                + ". Constructors, activators and static initializers return at once: connect, read and wait in"
                + " `run`, which has a thread of its own and can be stopped.";
    }
}

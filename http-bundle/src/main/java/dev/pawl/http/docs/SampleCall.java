package dev.pawl.http.docs;

import dev.pawl.service.access.Role;
import java.util.ArrayList;
import java.util.List;

/** The call of an example as a command for a terminal. */
final class SampleCall {

    /** Stands for the server's address, such as {@code http://localhost:8420}. */
    static final String ORIGIN = "\u0001origin\u0002";

    /** Stands for the same address of a WebSocket. */
    static final String SOCKET_ORIGIN = "\u0001socket\u0002";

    private SampleCall() {}

    /** The program that makes the call. */
    static String program(Operation operation) {
        return operation.route().socket() ? "websocat" : "curl";
    }

    /** The command. */
    static String of(Operation operation, Example example) {
        List<String> words = new ArrayList<>();
        if (operation.route().answer().isStream()) {
            words.add("-N"); // curl shows each event at once
        }
        if (operation.route().role() != Role.ANYONE) {
            words.add("-H \"Authorization: Bearer $TOKEN\"");
        }
        example.headers().forEach((name, value) -> words.add("-H " + quoted(name + ": " + value)));
        String method = example.method();
        if (!example.body().isEmpty()) {
            words.add((example.sendsFile() ? "--data-binary " : "-d ") + quoted(example.body()));
        }
        if (!method.equals("GET") && !(method.equals("POST") && !example.body().isEmpty())) {
            words.add(0, "-X " + method);
        }
        words.add(quoted((operation.route().socket() ? SOCKET_ORIGIN : ORIGIN) + example.target()));
        return program(operation) + " " + String.join(" \\\n  ", words);
    }

    /** A word as a POSIX shell takes it. */
    private static String quoted(String word) {
        return word.matches("[@\\w./:-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

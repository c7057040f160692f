package dev.pawl.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ref.Reference;
import java.net.http.HttpClient;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Fails when a JDK names the threads of its clients differently, or they no longer end when they are interrupted. */
class HttpThreadsTest {

    @Test
    void noThreadOfAClientIsLeft() {
        Set<Thread> before = selectors();
        HttpClient client = HttpClient.newHttpClient();
        try {
            Set<Thread> made = new HashSet<>(selectors());
            made.removeAll(before);
            assertEquals(1, made.size());

            HttpThreads.end();

            assertEquals(Thread.State.TERMINATED, made.iterator().next().getState());
        } finally {
            Reference.reachabilityFence(client); // a client that is out of reach ends its thread by itself
        }
    }

    private static Set<Thread> selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getClass().getName().endsWith("SelectorManager"))
                .collect(Collectors.toSet());
    }
}

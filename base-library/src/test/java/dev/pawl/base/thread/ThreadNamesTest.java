package dev.pawl.base.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThreadNamesTest {

    @Test
    void aThreadIsToldByItsNameAndByItsNumberWhereItHasNone() {
        Thread named = new Thread(() -> {}, "the worker");
        Thread nameless = new Thread(() -> {}, "");

        assertEquals("the worker", ThreadNames.of(named));
        assertEquals("unnamed #" + nameless.getId(), ThreadNames.of(nameless));
    }
}

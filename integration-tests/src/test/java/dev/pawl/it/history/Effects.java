package dev.pawl.it.history;

import dev.pawl.it.history.History.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Reads the file of the probe module. */
public final class Effects {

    private Effects() {}

    /** Reads the effects, with times by the clock of the machine. A line that a killed process did not finish is no effect. */
    public static List<Effect> read(Path file) throws IOException {
        long offset = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis())
                - TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        List<Effect> effects = new ArrayList<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            String[] words = line.split(" ", -1);
            if (words.length == 4) {
                effects.add(new Effect(
                        UUID.fromString(words[0]),
                        Long.parseLong(words[1]),
                        Integer.parseInt(words[2]),
                        TimeUnit.NANOSECONDS.toMicros(Long.parseLong(words[3])) + offset));
            }
        }
        return effects;
    }
}

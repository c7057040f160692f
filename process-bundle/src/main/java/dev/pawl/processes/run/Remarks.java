package dev.pawl.processes.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.processes.child.Child;
import dev.pawl.processes.protocol.Message;
import java.util.function.BiConsumer;

/** The lines of a job's log about how its process behaves; what may come often is said once. For one thread. */
final class Remarks {

    private final BiConsumer<LogLevel, String> log;
    private boolean lateSaid;
    private boolean unknownSaid;

    Remarks(BiConsumer<LogLevel, String> log) {
        this.log = log;
    }

    void errorLines(Child.Output output) {
        output.errorLines().forEach(line -> log.accept(LogLevel.INFO, line));
        if (output.leftOut() > 0) {
            warn(output.leftOut() + " lines of standard error came too fast and are left out.");
        }
    }

    void leftBehind(int processes) {
        if (processes > 0) {
            warn("Processes that the process had started and left behind are ended: " + processes + ".");
        }
    }

    void late(Message message) {
        if (!lateSaid) {
            lateSaid = true;
            warn("What the process sent after its end is ignored: " + name(message) + ".");
        }
    }

    void outsideRun(Message message) {
        warn("What the process sent outside run is ignored: " + name(message) + ".");
    }

    void unknown(Message.Unknown message) {
        if (!unknownSaid) {
            unknownSaid = true;
            warn("Messages of type \"" + message.type() + "\" are not known here and are ignored.");
        }
    }

    void half(Message.Half line) {
        warn("The process ended in the middle of a message; " + line.bytes() + " bytes are dropped.");
    }

    private void warn(String text) {
        log.accept(LogLevel.WARNING, text);
    }

    private static String name(Message message) {
        return message.getClass().getSimpleName();
    }
}

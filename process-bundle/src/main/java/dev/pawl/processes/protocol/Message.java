package dev.pawl.processes.protocol;

import dev.pawl.api.module.LogLevel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of a process's standard output, as far as it is understood. docs/module-protocol.md says what each one does. */
public sealed interface Message {

    /** The process has started, and speaks that version of the protocol. */
    record Ready(int protocol, String shim) implements Message {}

    /** The inputs are valid; the answer to {@code validate}. */
    record Valid() implements Message {}

    /** A line for the job's log. */
    record Log(LogLevel level, String text) implements Message {}

    /** Progress, in percent. */
    record Progress(double percent, Map<String, Object> info) implements Message {}

    /** A result: any JSON value. */
    record Result(@Nullable Object data) implements Message {}

    /** Values to save; the process may wait for the acknowledgement of that id. */
    record Checkpoint(String id, Map<String, Object> values) implements Message {}

    /** A request for a document of the module. */
    record Data(String id, Operation operation, String name, Map<String, Object> value) implements Message {}

    /** A question about the task, such as whether it may reach a file; the answer has its id. */
    record Ask(String id, String about, String name) implements Message {}

    /** The phase is over. */
    record Done() implements Message {}

    /** The phase has failed. */
    record Failed(String text, String stack) implements Message {}

    /** A line of another version's type, which is ignored. */
    record Unknown(String type) implements Message {}

    /** A line that is no message, though only messages may come. */
    record Broken(String why) implements Message {}

    /** A line without a message, of a program that may print what it likes. */
    record Text(String line) implements Message {}

    /** A line that is longer than a line may be; the stream went on behind its end. */
    record TooLong(long bytes) implements Message {}

    /** The beginning of a line whose end never came. */
    record Half(long bytes) implements Message {}

    /** The operations on documents. */
    enum Operation {
        /** Answers with the document, or with null. */
        GET,
        /** Stores the document. */
        PUT,
        /** Deletes it. */
        DELETE,
        /** Answers with the names of all documents. */
        LIST
    }

    /** The types of messages that a process may send. */
    List<String> TYPES =
            List.of("ready", "valid", "log", "progress", "result", "checkpoint", "data", "ask", "done", "failed");
}

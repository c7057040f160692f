package dev.pawl.it.processes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of modules, as the kernel shows them. */
final class Processes {

    private Processes() {}

    /** The processes of tasks whose work folders lie in a folder. */
    static List<ProcessHandle> ofModules(Path folder) {
        List<ProcessHandle> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> environment(process).contains("PAWL_WORK_DIR=" + folder))
                    .flatMap(process -> ProcessHandle.of(
                            Long.parseLong(process.getFileName().toString()))
                            .stream())
                    .filter(ProcessHandle::isAlive)
                    .forEach(found::add);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static String environment(Path process) {
        try {
            return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** The supervisors of a server. */
    static List<ProcessHandle> supervisors(long server) {
        return ProcessHandle.of(server).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info().arguments().stream()
                        .anyMatch(arguments -> List.of(arguments).contains("pawl-supervisor")))
                .toList();
    }
}

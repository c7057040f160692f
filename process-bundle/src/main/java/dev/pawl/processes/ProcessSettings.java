package dev.pawl.processes;

import dev.pawl.processes.child.Containment;
import dev.pawl.processes.child.Containment.Sandbox;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;

/** The operator's settings for processes of tasks; the launcher has checked them. */
final class ProcessSettings {

    /** The folders in the data folder that modules read: the unpacked bundles are in the first one. */
    private static final List<String> READ = List.of("cache", "environments");

    private ProcessSettings() {}

    /** The rules for all processes. */
    static Containment containment(BundleContext context, Path data) {
        boolean sandboxed = "bwrap".equals(context.getProperty("pawl.process.sandbox"));
        return new Containment(
                number(context, "pawl.process.max.tasks", Containment.USUAL.tasks()),
                number(context, "pawl.process.max.files", Containment.USUAL.files()),
                number(context, "pawl.process.cpu.percent", Containment.USUAL.cpuPercent()),
                !"off".equals(context.getProperty("pawl.process.cgroup")),
                sandboxed ? List.of(sandbox(context, data)) : List.of());
    }

    /** The rules for pip. */
    static PythonEnvironments.PipSettings pip(BundleContext context) {
        String wheels = context.getProperty("pawl.pip.wheels");
        return new PythonEnvironments.PipSettings(
                "online".equals(context.getProperty("pawl.pip")),
                wheels == null || wheels.isBlank() ? null : Path.of(wheels));
    }

    private static Sandbox sandbox(BundleContext context, Path data) {
        String folders = Objects.requireNonNullElse(context.getProperty("pawl.process.sandbox.folders"), "");
        return new Sandbox(
                data,
                READ.stream().map(data::resolve).toList(),
                Stream.of(folders.split(Pattern.quote(File.pathSeparator), -1))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of)
                        .toList());
    }

    private static int number(BundleContext context, String name, int otherwise) {
        String text = context.getProperty(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }
}

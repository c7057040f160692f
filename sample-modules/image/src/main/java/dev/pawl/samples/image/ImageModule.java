package dev.pawl.samples.image;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Isolation;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.file.WholeFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Scales a picture into another file, in a JVM of its own: decoders are native code, and a small file may hold a picture of any size.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "image",
        name = "Image",
        description = "Scales and converts pictures (JPEG, PNG, GIF, BMP), each in a process of its own.",
        capabilities = {"files", "media", "process", "sample"},
        enabled = false,
        isolation = Isolation.PROCESS,
        memory = "256m",
        inputs = ImageModule.Inputs.class,
        settings = ImageModule.Settings.class)
public final class ImageModule implements Module {

    /**
     * The files and the size.
     *
     * @param source the picture
     * @param outputFile the file to write; its ending names the format
     * @param maxWidth the greatest width in pixels
     * @param maxHeight the greatest height in pixels
     * @param quality the quality of a JPEG, 1 to 100
     * @param overwrite whether a file that is there is replaced
     */
    public record Inputs(
            @Required @Description("The picture: JPEG, PNG, GIF or BMP.")
            String source,

            @Required @Description("The file to write; its ending names the format: .jpg, .jpeg, .png, .gif or .bmp.")
            String outputFile,

            @Default("320")
            @Bounds(min = 1, max = 16_384)
            @Description("The greatest width in pixels; a picture is never enlarged.")
            int maxWidth,

            @Default("320") @Bounds(min = 1, max = 16_384) @Description("The greatest height in pixels.")
            int maxHeight,

            @Default("85") @Bounds(min = 1, max = 100) @Description("The quality of a JPEG.")
            int quality,

            @Default("false") @Description("Whether a file that is there is replaced.")
            boolean overwrite) {}

    /**
     * The settings.
     *
     * @param root the folder that relative paths of inputs start from
     */
    public record Settings(
            @Description("The folder that relative paths of inputs start from.") @Nullable
            String root) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        Inputs inputs = task.inputs(Inputs.class);
        NamedFiles named = named(task);
        Path source = named.source("source", inputs.source());
        Path target = target(task);
        PictureFormat.ofName("output_file", target);
        if (source.equals(target)) {
            throw new ValidationException(
                    "output_file is \"" + inputs.outputFile() + "\", which is the source, too; give it another name.");
        }
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Inputs inputs = task.inputs(Inputs.class);
        Path source = named(task).source("source", inputs.source());
        Path target = target(task);
        if (!WholeFile.finish(task, target)) {
            try (WholeFile file = WholeFile.of(task, target)) {
                convert(task, inputs, source, file);
                file.publish();
            } catch (IOException e) {
                throw new RunException(
                        "The picture " + source + " could not be made into " + target + ": " + e.getMessage() + ".", e);
            }
        }
        task.emit(Map.of("output_file", target.toString(), "bytes", Files.size(target)));
    }

    private static void convert(TaskContext task, Inputs inputs, Path source, WholeFile file)
            throws IOException, ValidationException {
        try (Picture picture = Picture.open(source)) {
            task.info("It has " + picture.width() + " x " + picture.height() + " pixels.");
            BufferedImage scaled = picture.scaledInto(inputs.maxWidth(), inputs.maxHeight(), task::throwIfCancelled);
            task.progress(80, Map.of("width", scaled.getWidth(), "height", scaled.getHeight()));
            PictureFormat.ofName("output_file", file.temporary()).write(scaled, inputs.quality(), file.temporary());
        }
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        try {
            WholeFile.removeLeftover(task, target(task));
        } catch (ValidationException neverRan) {
            // then nothing was begun either
        } catch (IOException e) {
            throw new CleanupException("A half-made file could not be removed: " + e.getMessage(), e);
        }
    }

    private static NamedFiles named(TaskContext task) throws ValidationException {
        return NamedFiles.of(task, task.settings(Settings.class).root());
    }

    private static Path target(TaskContext task) throws ValidationException {
        Inputs inputs = task.inputs(Inputs.class);
        return named(task).target("output_file", inputs.outputFile(), inputs.overwrite());
    }
}

package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.WholeFile;
import dev.pawl.process.Exit;
import dev.pawl.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The encode of one task: examines the sources, runs FFmpeg, and gives the finished file its name. */
final class Encode {

    /** A crash within FFmpeg or an encoder; the next attempt often goes well. */
    private static final String CRASH = "SIGSEGV";

    private final TaskContext task;
    private final Order order;
    private final FfmpegTools tools;
    private final Ffprobe ffprobe;
    private Map<String, Object> lastInfo = Map.of();

    Encode(TaskContext task, Order order, FfmpegTools tools) {
        this.task = task;
        this.order = order;
        this.tools = tools;
        this.ffprobe = new Ffprobe(tools.ffprobe(), task);
    }

    /** Examines the sources that are there before the job begins. */
    void validate() throws IOException, InterruptedException, ValidationException {
        for (int n = 0; n < order.sources().size(); n++) {
            if (order.sources().get(n).early()) {
                examine(n);
            }
        }
    }

    /** Makes the output file, unless an earlier run of the task has made it. */
    void run() throws IOException, InterruptedException, ValidationException, RunException {
        if (!WholeFile.finish(task, order.target())) {
            encode();
        }
        EncodedFile result = result();
        task.info("The file " + order.target() + " is finished (" + result.size() + " bytes).");
        task.emit(result);
        task.progress(100, lastInfo);
    }

    private void encode() throws IOException, InterruptedException, ValidationException, RunException {
        List<Media> sources = new ArrayList<>();
        for (int n = 0; n < order.sources().size(); n++) {
            sources.add(examine(n));
        }
        for (int n : StreamSelection.mapsWithoutStream(order.inputs(), sources)) {
            task.warning("output_maps[" + n + "] names a stream that the source maps do not put into the output file;"
                    + " its options have no effect.");
        }
        ExpectedLength expected = ExpectedLength.of(order.inputs(), sources, order.outputOptions());
        try (WholeFile file = WholeFile.of(task, order.target())) {
            task.info("Running " + order.command().line(order.target()));
            if (!run(file, expected, true).isSuccess()) {
                task.warning("ffmpeg crashed (" + CRASH + "); the encode begins again.");
                run(file, expected, false);
            }
            requireFile(file.temporary());
            refuseNewcomer();
            file.publish();
        }
    }

    private Media examine(int n) throws IOException, InterruptedException, ValidationException {
        Source source = order.sources().get(n);
        Media media;
        try {
            media = ffprobe.read(source.path());
        } catch (Ffprobe.NoMediaException e) {
            throw new ValidationException(
                    "sources[" + n + "] is " + source.text() + ", which ffprobe cannot read: " + e.sentence(), e);
        }
        List<SourceMap> maps = order.inputs().sourceMaps();
        for (int map = 0; map < maps.size(); map++) {
            if (maps.get(map).source() == n) {
                StreamSelection.requireStreams("source_maps[" + map + "]", maps.get(map), source, media);
            }
        }
        return media;
    }

    private Exit run(WholeFile file, ExpectedLength expected, boolean mayCrash)
            throws IOException, InterruptedException, RunException {
        EncodeOutput output = new EncodeOutput(task, expected);
        Exit exit = Program.of(tools.ffmpeg(), order.command().arguments(file.temporary()))
                .folder(task.workDir())
                .keepLines(0)
                .run(task, output);
        lastInfo = output.lastInfo();
        if (!exit.isSuccess() && !(exit.killedBy(CRASH) && mayCrash)) {
            String end =
                    exit.signal() == null ? "ended with exit code " + exit.code() : "was ended by " + exit.signal();
            String said = output.lastMessages();
            throw new RunException("ffmpeg " + end + (said.isEmpty() ? " and said nothing." : ": " + said));
        }
        return exit;
    }

    /** Questions to FFmpeg, such as the option {@code version}, end well without a file. */
    private void requireFile(Path file) throws IOException, RunException {
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            throw new RunException("ffmpeg ended without writing anything to " + order.target()
                    + "; the options ask for something else than an encode, or leave nothing of the sources.");
        }
    }

    private void refuseNewcomer() throws RunException {
        if (!order.inputs().overwrite() && Files.exists(order.target(), LinkOption.NOFOLLOW_LINKS)) {
            throw new RunException("The output file " + order.target()
                    + " has come to be during the encode; remove it, or set overwrite.");
        }
    }

    private EncodedFile result() throws IOException, InterruptedException {
        long size = Files.size(order.target());
        try {
            return EncodedFile.of(order.target(), size, ffprobe.read(order.target()));
        } catch (Ffprobe.NoMediaException e) { // raw data has no header by which to know it
            return EncodedFile.of(order.target(), size, new Media(null, List.of()));
        }
    }
}

package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists and downloads the files that a job keeps. */
@Command(
        name = "artifacts",
        mixinStandardHelpOptions = true,
        description = "Lists or downloads the files that a job keeps.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl artifacts 3f2a91c4",
            "  pawl artifacts 3f2a91c4 --download",
            "  pawl artifacts 3f2a91c4 --download=out pictures report.pdf"
        })
public final class ArtifactsCommand extends ApiCommand {
    private static final int MOST = 10_000;
    private static final int SHORT_ID = 8;

    @Parameters(index = "0", paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    @Parameters(
            index = "1..*",
            paramLabel = "PATH",
            description = "Only these files, or all in these folders. Default: all files.")
    private List<String> paths = List.of();

    @Option(
            names = "--download",
            paramLabel = "DIR",
            arity = "0..1",
            fallbackValue = "",
            preprocessor = OnlyAttached.class,
            description = {
                "Downloads them, into artifacts-ID here or into another folder, and checks their digests. A download "
                        + "that broke off goes on where it ended."
            })
    private @Nullable String folder;

    @Option(names = "--overwrite", description = "Replaces other files of the same names.")
    private boolean overwrite;

    public ArtifactsCommand(Invocation invocation) {
        super(invocation);
    }

    /** Takes a folder only where it is attached with an equals sign, since a path may follow. */
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> state) {
            if (" ".equals(state.get("separator"))) {
                arguments.push("");
            }
            return false;
        }
    }

    @Override
    protected int execute(Api api) throws Exception {
        Answer answer = api.get("/jobs/" + Api.segment(job) + "/artifacts?limit=" + MOST);
        List<JsonNode> chosen = JsonTrees.stream(answer.json().path("artifacts"))
                .filter(artifact -> paths.isEmpty()
                        || paths.stream().anyMatch(path -> isIn(JsonTrees.text(artifact, "path"), path)))
                .toList();
        for (String path : paths) {
            if (chosen.stream().noneMatch(artifact -> isIn(JsonTrees.text(artifact, "path"), path))) {
                screen().note("Job " + job + " has no artifact " + PlainText.oneLine(path) + ".");
                return ExitCode.FAILED;
            }
        }
        String into = folder;
        return into == null
                ? show(answer, page -> list(chosen))
                : download(api, chosen, Path.of(into.isEmpty() ? "artifacts-" + shortId() : into));
    }

    private String shortId() {
        return job.length() > SHORT_ID ? job.substring(0, SHORT_ID) : job;
    }

    private static boolean isIn(String artifact, String path) {
        String folder = path.endsWith("/") ? path : path + "/";
        return artifact.equals(path) || artifact.startsWith(folder);
    }

    private void list(List<JsonNode> artifacts) {
        Table table = new Table()
                .column("PATH", Fit.FLEXIBLE)
                .column("SIZE", Fit.NUMBER)
                .column("TYPE", Fit.FLEXIBLE)
                .column("TASK", Fit.NUMBER);
        artifacts.forEach(artifact -> table.row(
                new Cell(PlainText.oneLine(JsonTrees.text(artifact, "path")), Colour.BOLD),
                Cell.of(JsonTrees.text(artifact, "size")),
                Cell.of(JsonTrees.text(artifact, "content_type")),
                Cell.of(String.valueOf(artifact.path("task_index").asInt() + 1))));
        screen().table(table, "No artifacts.");
    }

    private int download(Api api, List<JsonNode> artifacts, Path into)
            throws IOException, NoServerException, ProblemAnswerException {
        Files.createDirectories(into);
        LocalPath places = new LocalPath(into);
        DownloadProgress progress = new DownloadProgress(
                screen(),
                artifacts.stream().mapToLong(each -> each.path("size").asLong()).sum());
        ArtifactDownload download = new ArtifactDownload(api, job, overwrite, progress::add);
        ArrayNode report = JsonTrees.object().putArray("artifacts");
        int failed = 0;
        for (JsonNode artifact : artifacts) {
            String path = JsonTrees.text(artifact, "path");
            progress.next(path);
            try {
                Path place = places.of(path);
                report.add(done(path, place, download.to(place, artifact)));
            } catch (IOException e) {
                failed++;
                screen().note(PlainText.oneLine(path + " was not downloaded: " + e.getMessage() + "."));
            }
        }
        screen().clear();
        String sentence = artifacts.size() - failed + " of " + artifacts.size() + " files are in "
                + PlainText.oneLine(into.toString()) + ".";
        ObjectNode whole = JsonTrees.object();
        whole.set("artifacts", report);
        output().show(whole, screen(), shown -> screen().line(sentence));
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static ObjectNode done(String path, Path place, ArtifactDownload.Outcome outcome) {
        return JsonTrees.object()
                .put("path", path)
                .put("file", place.toString())
                .put("outcome", outcome.word());
    }
}

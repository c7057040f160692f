package dev.pawl.samples.matroska;

import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.process.Tool;
import dev.pawl.samples.matroska.MkvmergeModule.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that the inputs of a task of mkvmerge name, on this machine. */
final class SourceFiles implements MuxFiles {

    private final Mkvtoolnix programs;
    private final Tool mkvmerge;
    private final NamedFiles named;
    private final List<SourceTracks> sources = new ArrayList<>();

    private SourceFiles(TaskContext task, Tool mkvmerge, NamedFiles named) {
        this.programs = new Mkvtoolnix(task);
        this.mkvmerge = mkvmerge;
        this.named = named;
    }

    /** Examines the sources; those that an earlier task makes need not be there yet. */
    static SourceFiles beforeTheJob(TaskContext task, Tool mkvmerge, NamedFiles named, Inputs inputs)
            throws ValidationException {
        return new SourceFiles(task, mkvmerge, named).examineAll(inputs, false);
    }

    /** Examines the sources, all of which must be there. */
    static SourceFiles ofRun(TaskContext task, Tool mkvmerge, NamedFiles named, Inputs inputs)
            throws ValidationException {
        return new SourceFiles(task, mkvmerge, named).examineAll(inputs, true);
    }

    @Override
    public Path source(String input, String name) throws ValidationException {
        return named.source(input, name);
    }

    @Override
    public List<Path> filesIn(String input, String folder) throws ValidationException {
        Path real = named.sourceFolder(input, folder);
        if (!named.isThere(real)) {
            return List.of(); // an earlier task fills it
        }
        try (Stream<Path> entries = Files.list(real)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw NamedFiles.refusal(input, folder, e);
        }
    }

    @Override
    public SourceTracks tracks(int source) {
        return sources.get(source);
    }

    @Override
    public String errorAbout(String option) throws ValidationException {
        return programs.errorAbout(mkvmerge, option);
    }

    private SourceFiles examineAll(Inputs inputs, boolean allAreThere) throws ValidationException {
        for (int index = 0; index < inputs.sources().size(); index++) {
            String input = "sources[" + index + "].filename";
            String name = inputs.sources().get(index).filename();
            Path file = named.source(input, name);
            if (allAreThere || named.isThere(file)) {
                Identification contents = programs.examine(mkvmerge, input, name, file);
                if (contents.type().equals(VobSub.TYPE)) {
                    named.source(input, VobSub.pictures(file).toString());
                }
                sources.add(SourceTracks.of(contents));
            } else {
                sources.add(SourceTracks.notKnownYet());
            }
        }
        return this;
    }
}

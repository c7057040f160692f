package dev.pawl.samples.matroska;

import dev.pawl.api.module.ValidationException;
import java.nio.file.Path;
import java.util.List;

/** The machine as the arguments of mkvmerge need to know it. */
interface MuxFiles {

    /** The real path of a file that the task may read. */
    Path source(String input, String name) throws ValidationException;

    /** The files in a folder, in the order of their names. */
    List<Path> filesIn(String input, String folder) throws ValidationException;

    /** The tracks of a source by its place; those of one that an earlier task still has to make are unknown. */
    SourceTracks tracks(int source);

    /** The error of mkvmerge about an option that it does not know. */
    String errorAbout(String option) throws ValidationException;
}

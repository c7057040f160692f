package dev.pawl.samples.matroska;

import dev.pawl.api.module.ValidationException;
import java.util.Optional;

/** The tracks of a source: known from its file, or not known yet since an earlier task of the job makes the file. */
final class SourceTracks {

    private static final SourceTracks NOT_KNOWN_YET = new SourceTracks(Optional.empty());

    private final Optional<Identification> contents;

    private SourceTracks(Optional<Identification> contents) {
        this.contents = contents;
    }

    static SourceTracks of(Identification contents) {
        return new SourceTracks(Optional.of(contents));
    }

    static SourceTracks notKnownYet() {
        return NOT_KNOWN_YET;
    }

    /**
     * Whether a track is of a type; any track may be when the file is not there yet.
     *
     * @throws ValidationException when the file has no such track
     */
    boolean isOfType(String input, String file, int track, String type) throws ValidationException {
        if (contents.isEmpty()) {
            return true;
        }
        return contents.get()
                .track(track)
                .orElseThrow(() -> new ValidationException(input + " is " + track + ", but \"" + file + "\" has "
                        + contents.get().summary() + "."))
                .type()
                .equals(type);
    }
}

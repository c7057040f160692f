package dev.pawl.samples.matroska;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.matroska.MkvmergeModule.Inputs;
import dev.pawl.samples.matroska.MkvmergeModule.Source;
import dev.pawl.samples.matroska.MkvmergeModule.SourceTrack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inputs of mkvmerge for tests without the program. */
final class MuxData {

    static final Path OUTPUT = Path.of("/media/out.mkv");

    private MuxData() {}

    static Map<String, @Nullable Object> options(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        for (int n = 0; n < namesAndValues.length; n += 2) {
            options.put(String.valueOf(namesAndValues[n]), namesAndValues[n + 1]);
        }
        return options;
    }

    static Inputs inputs(List<Source> sources, List<SourceTrack> tracks, Map<String, @Nullable Object> options) {
        return new Inputs(sources, tracks, options, List.of(), List.of(), OUTPUT.toString());
    }

    static List<String> arguments(Inputs inputs, String... types) throws ValidationException {
        return MuxArguments.of(inputs, new FewFiles(types), OUTPUT);
    }

    static List<String> words(String... words) {
        List<String> all = new ArrayList<>(List.of("--gui-mode", "--output", OUTPUT.toString()));
        Collections.addAll(all, words);
        return all;
    }

    /** Files of which each is there, in the folder {@code /root} when its name is relative. */
    private static final class FewFiles implements MuxFiles {

        private final List<SourceTracks> sources = new ArrayList<>();

        /** @param types the types of the tracks of each source; nothing for one that is not there yet */
        FewFiles(String... types) {
            for (String source : types) {
                List<Identification.Track> tracks = new ArrayList<>();
                for (String type : source.split(" ", -1)) {
                    tracks.add(new Identification.Track(tracks.size(), type, "c", "C", "eng", "en", null, true));
                }
                sources.add(
                        source.isEmpty()
                                ? SourceTracks.notKnownYet()
                                : SourceTracks.of(new Identification(true, "Matroska", false, tracks, List.of())));
            }
        }

        @Override
        public Path source(String input, String name) {
            return Path.of("/films").resolve(name);
        }

        @Override
        public List<Path> filesIn(String input, String folder) {
            return List.of(Path.of(folder, "one.otf"), Path.of(folder, "two.ttf"));
        }

        @Override
        public SourceTracks tracks(int source) {
            return sources.get(source);
        }

        @Override
        public String errorAbout(String option) {
            return "no such option " + option;
        }
    }
}

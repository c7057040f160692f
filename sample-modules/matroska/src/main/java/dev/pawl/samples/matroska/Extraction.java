package dev.pawl.samples.matroska;

import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.samples.matroska.Identification.Track;
import dev.pawl.samples.matroska.MkvextractModule.Inputs;
import dev.pawl.samples.matroska.MkvextractModule.Item;
import dev.pawl.samples.matroska.MkvextractModule.WantedTrack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out which parts of the source a task asks for, and where each is to be written. */
final class Extraction {

    private final Inputs inputs;
    private final NamedFiles named;
    private final Optional<Identification> contents;
    private final List<Extract> extracts = new ArrayList<>();

    private Extraction(Inputs inputs, NamedFiles named, Optional<Identification> contents) {
        this.inputs = inputs;
        this.named = named;
        this.contents = contents;
    }

    /**
     * The parts that the inputs name.
     *
     * @param contents those of the source; empty when an earlier task still has to make it
     * @throws ValidationException when there is no such part, or its file may not be written
     */
    static List<Extract> of(Inputs inputs, NamedFiles named, Optional<Identification> contents)
            throws ValidationException {
        Extraction extraction = new Extraction(inputs, named, contents);
        extraction.addAll();
        return List.copyOf(extraction.extracts);
    }

    private void addAll() throws ValidationException {
        for (int index = 0; index < inputs.tracks().size(); index++) {
            addTrack("tracks[" + index + "]", inputs.tracks().get(index));
        }
        for (int index = 0; index < inputs.attachments().size(); index++) {
            Item item = inputs.attachments().get(index);
            String input = "attachments[" + index + "]";
            add(input, Extract.ATTACHMENTS, attachment(input, item.id()), null, item.filename());
        }
        addOne("chapters", Extract.CHAPTERS, inputs.chapters());
        addOne("tags", Extract.TAGS, inputs.tags());
        addAbout("timestamps", Extract.TIMESTAMPS, inputs.timestamps());
        addAbout("cues", Extract.CUES, inputs.cues());
        if (extracts.isEmpty()) {
            throw new ValidationException(
                    "Nothing is to be extracted; give tracks, attachments, chapters, tags, timestamps or cues.");
        }
    }

    private void addTrack(String input, WantedTrack wanted) throws ValidationException {
        Track track = null;
        if (contents.isPresent()) {
            List<Track> candidates = contents.get().tracks().stream()
                    .filter(candidate ->
                            wanted.trackType() == null || wanted.trackType().equals(candidate.type()))
                    .filter(candidate -> wanted.language() == null || candidate.isIn(wanted.language()))
                    .toList();
            if (wanted.id() >= candidates.size()) {
                throw new ValidationException(input + " asks for " + wanted.description() + ", but \"" + inputs.source()
                        + "\" has " + contents.get().summary() + ".");
            }
            track = candidates.get(wanted.id());
        }
        add(input, Extract.TRACKS, track == null ? wanted.id() : track.id(), track, wanted.filename());
    }

    private void addAbout(String input, String mode, List<Item> items) throws ValidationException {
        for (int index = 0; index < items.size(); index++) {
            Item item = items.get(index);
            String place = input + "[" + index + "]";
            if (contents.isPresent() && contents.get().track(item.id()).isEmpty()) {
                throw new ValidationException(place + ".id is " + item.id() + ", but \"" + inputs.source() + "\" has "
                        + contents.get().summary() + ".");
            }
            add(place, mode, item.id(), null, item.filename());
        }
    }

    private void addOne(String input, String mode, @Nullable String filename) throws ValidationException {
        if (filename != null) {
            add(input, mode, null, null, filename);
        }
    }

    private void add(String input, String mode, @Nullable Integer id, @Nullable Track track, String filename)
            throws ValidationException {
        String place = id == null ? input : input + ".filename";
        boolean isVobSub = track != null && VobSub.is(track);
        Path target = target(place, isVobSub ? VobSub.index(filename) : filename);
        Path pictures = isVobSub ? target(place, VobSub.pictures(filename)) : null;
        extracts.add(new Extract(input, mode, id, track, filename, target, pictures));
    }

    private Path target(String place, String filename) throws ValidationException {
        Path target = named.target(place, filename, true);
        for (Extract other : extracts) {
            if (other.writes(target)) {
                throw new ValidationException(place + " is \"" + filename + "\", which " + other.input()
                        + " writes already; give each a file of its own.");
            }
        }
        if (named.source("source", inputs.source()).equals(target)) {
            throw new ValidationException(
                    place + " is \"" + filename + "\", which is the source; give it another name.");
        }
        return target;
    }

    /** The id of an attachment, which mkvextract counts from 1; 0, which the older documentation gives, is the first one, too. */
    private int attachment(String input, int id) throws ValidationException {
        if (contents.isEmpty()) {
            return Math.max(id, 1);
        }
        List<Integer> ids = contents.get().attachments();
        if (id == 0 && !ids.isEmpty()) {
            return ids.get(0);
        }
        if (!ids.contains(id)) {
            throw new ValidationException(input + ".id is " + id + ", but \"" + inputs.source() + "\" has "
                    + (ids.isEmpty() ? "no attachments." : "the attachments " + ids + "."));
        }
        return id;
    }

    /** The arguments of mkvextract. */
    static List<String> arguments(Path source, Map<Extract, Path> outputs) {
        Map<String, List<String>> modes = new LinkedHashMap<>();
        outputs.forEach((extract, output) ->
                modes.computeIfAbsent(extract.mode(), mode -> new ArrayList<>()).add(extract.argument(output)));
        List<String> arguments = new ArrayList<>(List.of(source.toString(), "--gui-mode"));
        modes.forEach((mode, specifications) -> {
            arguments.add(mode);
            arguments.addAll(specifications);
        });
        return arguments;
    }
}

package dev.pawl.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The pages of the manual in their order, under the headings of its first page. */
final class Manual {

    /** The line of the first page in whose place the pages come that are made of the code. */
    private static final String MARK = "<!-- generated -->\n";

    /** Where pages stand that the first page does not name. */
    private static final String OTHERS = "How-to guides";

    private final Map<String, Page> pages;
    private final List<Part> parts;
    private final List<String> pictures;

    private Manual(Map<String, Page> pages, List<Part> parts, Set<String> pictures) {
        this.pages = pages;
        this.parts = parts;
        this.pictures = List.copyOf(pictures);
    }

    /**
     * A part of the manual.
     *
     * @param name its heading
     * @param places the places of its pages
     */
    record Part(String name, List<String> places) {}

    /** Reads the manual. */
    static Manual of(Sources sources) {
        Map<String, String> texts = new LinkedHashMap<>(sources.texts());
        texts.computeIfPresent(Sources.HOME, (place, text) -> text.replace(MARK, generated(sources)));
        Map<String, Page> pages = new LinkedHashMap<>();
        Set<String> pictures = new TreeSet<>();
        texts.forEach((place, text) -> pages.put(place, Markdown.page(sources, place, text, pictures)));
        List<Part> parts = Contents.of(Markdown.parse(texts.getOrDefault(Sources.HOME, "")));
        return new Manual(pages, completed(parts, pages.keySet()), pictures);
    }

    private static String generated(Sources sources) {
        return sources.generated().stream()
                .map(place -> "- " + Contents.entry(place, sources.texts().getOrDefault(place, "")) + "\n")
                .collect(Collectors.joining());
    }

    /** The parts with the pages that nothing names, and each folder's pages behind its first. */
    private static List<Part> completed(List<Part> parts, Set<String> all) {
        Set<String> left = new LinkedHashSet<>(all);
        left.remove(Sources.HOME);
        parts.forEach(part -> part.places().forEach(left::remove));
        List<Part> completed = new ArrayList<>();
        for (Part part : parts) {
            List<String> places = new ArrayList<>();
            for (String place : part.places()) {
                places.add(place);
                if (place.endsWith("/README.md")) {
                    String folder = place.substring(0, place.length() - "README.md".length());
                    left.stream().filter(each -> each.startsWith(folder)).forEach(places::add);
                    left.removeIf(each -> each.startsWith(folder));
                }
            }
            completed.add(new Part(part.name(), places));
        }
        for (Part part : completed) {
            if (part.name().equals(OTHERS)) {
                part.places().addAll(left);
            }
        }
        return completed;
    }

    /** All pages, the first one first, in the order in which a reader turns them. */
    List<Page> pages() {
        List<Page> ordered = new ArrayList<>();
        ordered.add(page(Sources.HOME));
        parts.forEach(part -> part.places().forEach(place -> ordered.add(page(place))));
        return ordered;
    }

    /** The parts in their order. */
    List<Part> parts() {
        return parts;
    }

    /** The page of a place. */
    Page page(String place) {
        Page page = pages.get(place);
        if (page == null) {
            throw new IllegalStateException("docs/README.md names " + place + ", which is not there.");
        }
        return page;
    }

    /** The addresses of the pictures that pages show. */
    List<String> pictures() {
        return pictures;
    }
}

package dev.pawl.manual;

import java.util.List;

/**
 * A page of the manual.
 *
 * @param place its place among the sources, such as {@code docs/adr/README.md}
 * @param title its first heading
 * @param html its text
 * @param sections its parts, the first of which begins with the title
 */
record Page(String place, String title, String html, List<Section> sections) {

    /**
     * A heading and the text below it, up to the next heading.
     *
     * @param level the heading's level, 1 to 6
     * @param anchor its name in addresses
     * @param heading its text
     * @param text the words below it
     */
    record Section(int level, String anchor, String heading, String text) {}

    /** Its address, relative to that of the manual. */
    String address() {
        return Sources.address(place);
    }

    /** The way from it to the address of the manual. */
    String up() {
        return "../".repeat((int) address().chars().filter(each -> each == '/').count());
    }

    /** Its folder, with a slash at its end; empty for the manual's own. */
    String folder() {
        return address().substring(0, address().lastIndexOf('/') + 1);
    }
}

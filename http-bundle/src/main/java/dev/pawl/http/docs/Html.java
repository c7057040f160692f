package dev.pawl.http.docs;

/** HTML that is being written. Texts are escaped; only what stands in this package's code is markup. */
final class Html {

    private final StringBuilder page = new StringBuilder(200_000);

    /** Adds markup. */
    Html raw(String markup) {
        page.append(markup);
        return this;
    }

    /** Adds a text. */
    Html text(String text) {
        page.append(escaped(text));
        return this;
    }

    /** Adds an element that holds a text. */
    Html element(String name, String text) {
        return raw("<" + name + ">").text(text).raw("</" + name + ">");
    }

    /** Adds an element of a class that holds a text. */
    Html element(String name, String kind, String text) {
        return raw("<" + name + " class=\"" + kind + "\">").text(text).raw("</" + name + ">");
    }

    /** Adds a text in which {@code `…`} marks code. */
    Html prose(String text) {
        boolean code = false;
        for (String part : text.split("`", -1)) {
            if (code) {
                element("code", part);
            } else {
                text(part);
            }
            code = !code;
        }
        return this;
    }

    /** Adds a link to a place of the page. */
    Html link(String place, String text) {
        return raw("<a href=\"#").text(place).raw("\">").text(text).raw("</a>");
    }

    /** Adds a figure that shows lines of code. */
    Html code(String caption, String lines) {
        raw("<figure><figcaption>").text(caption).raw("</figcaption><pre tabindex=\"0\"><code>");
        return text(lines).raw("</code></pre></figure>\n");
    }

    @Override
    public String toString() {
        return page.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

package dev.pawl.http.docs;

import dev.pawl.http.answer.AnswerKind;
import dev.pawl.http.answer.AnswerShape;
import dev.pawl.http.answer.ProblemJson;
import dev.pawl.http.route.Route;
import dev.pawl.service.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The route table as a page for people: one file, which needs nothing else, and whose only script searches it and copies from it. It is
 * complete without the script.
 */
public final class DocPage {

    private static final String STYLE = PageResource.text("page.css");
    private static final String SCRIPT = PageResource.text("page.js");

    /** The policy by which a browser applies this page's own style, script and icon, and no others. */
    static final String POLICY = "default-src 'none'; style-src " + PageResource.source(STYLE) + "; script-src "
            + PageResource.source(SCRIPT)
            + "; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Reference reference;
    private final String version;
    private final Html page = new Html();

    private DocPage(Reference reference, String version) {
        this.reference = reference;
        this.version = version;
    }

    /** The page, in which the marks of {@link SampleCall} stand for the server's address. */
    static String of(List<Route> routes, String version) {
        return new DocPage(Reference.of(routes), version).whole();
    }

    private String whole() {
        page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>Pawl API</title>\n")
                .raw("<link rel=\"icon\" href=\"data:,\">\n<style>")
                .raw(STYLE)
                .raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the routes</a>\n")
                .raw("<header><h1>Pawl API</h1> ")
                .element("span", "version", version)
                .raw(
                        " <a href=\"/openapi.json\">openapi.json</a> <a href=\"manual/\">manual</a></header>\n<div class=\"page\">\n");
        contents();
        page.raw("<main id=\"main\" tabindex=\"-1\">\n");
        introduction();
        for (Reference.Section section : reference.sections()) {
            heading(section.name(), section.text().title());
            page.raw("<p>").prose(section.text().description()).raw("</p>\n");
            section.operations().forEach(operation -> new OperationHtml(operation, page).write());
            page.raw("</section>\n");
        }
        shapes();
        problems();
        return page.raw("</main>\n</div>\n<script>")
                .raw(SCRIPT)
                .raw("</script>\n</body>\n</html>\n")
                .toString();
    }

    private void contents() {
        page.raw("<nav aria-label=\"Contents\">\n<search hidden><label for=\"words\">Search</label>")
                .raw("<input type=\"search\" id=\"words\" autocomplete=\"off\" placeholder=\"job, PAWL-300, limit …\">")
                .raw("<p role=\"status\"></p></search>\n<ul>\n<li>")
                .link("calling", "How to call")
                .raw("</li>\n");
        for (Reference.Section section : reference.sections()) {
            page.raw("<li>").link(section.name(), section.text().title()).raw("<ul>\n");
            for (Operation operation : section.operations()) {
                page.raw("<li><a href=\"#" + operation.id() + "\">").raw(OperationHtml.badge(operation));
                page.element("span", operation.route().template()).raw("</a></li>\n");
            }
            page.raw("</ul></li>\n");
        }
        page.raw("<li>")
                .link("answers", "Answers")
                .raw("</li>\n<li>")
                .link("errors", "Errors")
                .raw("</li>\n");
        page.raw("</ul>\n</nav>\n");
    }

    private void introduction() {
        heading("calling", "How to call");
        page.raw(
                        "<p>JSON in UTF-8; times in ISO 8601 with offset. What is unknown, missing or of the wrong type is refused with the ")
                .raw(
                        "field's name. Errors are <code>application/problem+json</code> with a stable <code>code</code> and a ")
                .raw(
                        "<code>remedy</code>: they are listed <a href=\"#errors\">below</a>. The same for programs, to make clients from: ")
                .raw(
                        "<a href=\"/openapi.json\">openapi.json</a>.</p>\n<p>Callers show a token. The admin token is in the file ")
                .raw(
                        "<code>admin.token</code> of the server's data folder; the calls below take it from a variable:</p>\n");
        page.code(
                "A first call",
                "TOKEN=$(cat ~/.pawl/admin.token)\ncurl -H \"Authorization: Bearer $TOKEN\" " + SampleCall.ORIGIN
                        + "/status");
        page.raw("</section>\n");
    }

    private void shapes() {
        heading("answers", "Answers");
        page.raw("<p>More fields may be added: ignore those that you do not know.</p>\n");
        for (AnswerShape<?> shape : OpenApi.shapes(reference.routes())) {
            page.raw("<article id=\"" + shape.name() + "\">\n<h3>").text(shape.name());
            page.raw("<a class=\"anchor\" href=\"#" + shape.name() + "\" aria-label=\"Link to " + shape.name()
                    + "\">#</a>");
            page.raw("</h3>\n<p>").prose(shape.description()).raw("</p>\n<dl>\n");
            for (AnswerShape.Member member : shape.members()) {
                page.raw("<dt>").element("code", member.name()).raw(" <span class=\"type\">");
                kind(page, member.kind());
                page.text((member.nullable() ? ", or null" : "") + (member.required() ? "" : ", or absent"));
                page.raw("</span></dt><dd>").prose(member.description()).raw("</dd>\n");
            }
            page.raw("</dl>\n</article>\n");
        }
        page.raw("</section>\n");
    }

    private void problems() {
        heading("errors", "Errors");
        page.raw(
                        "<p>A <code>code</code> keeps its meaning in every release. The <code>detail</code> of an answer says what exactly was ")
                .raw("wrong.</p>\n");
        for (ProblemCode code : ProblemCode.values()) {
            page.raw("<article class=\"error\" id=\"" + code.id() + "\">\n<h3><a href=\"#" + code.id() + "\">")
                    .text(code.id())
                    .raw("</a> ")
                    .text(ProblemJson.title(code))
                    .raw(" <span class=\"type\">" + code.status() + "</span></h3>\n<p>")
                    .prose(code.cause())
                    .raw(" <span class=\"remedy\">")
                    .prose(code.remedy())
                    .raw("</span></p>\n</article>\n");
        }
        page.raw("</section>\n");
    }

    private void heading(String name, String title) {
        page.raw("<section aria-labelledby=\"" + name + "\">\n<h2 id=\"" + name + "\">")
                .text(title)
                .raw("</h2>\n");
    }

    /** Writes a kind in words, with a link to the shape that it names. */
    static void kind(Html page, AnswerKind<?> kind) {
        List<String> names = new ArrayList<>();
        kind.shapes(shape -> names.add(shape.name()));
        if (names.isEmpty()) {
            page.text(kind.words());
        } else {
            page.link(names.get(0), kind.words());
        }
    }
}

package dev.pawl.http.docs;

import dev.pawl.http.answer.AnswerKind;
import dev.pawl.http.answer.AnswerShape;
import dev.pawl.http.answer.ProblemJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** The route table as a page for people: one self-contained file. */
public final class DocPage {

    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
            h2{margin-top:2.5rem;border-bottom:1px solid #8886;text-transform:capitalize}
            details{border:1px solid #8886;border-radius:.4rem;margin:.5rem 0;padding:.4rem .8rem}
            summary{cursor:pointer}
            code,pre{font:14px/1.4 ui-monospace,monospace}
            pre{overflow-x:auto;background:#8882;padding:.6rem;border-radius:.3rem}
            .method{display:inline-block;min-width:4.5rem;font-weight:bold}
            .role{float:right;opacity:.7}
            table{border-collapse:collapse;width:100%}
            th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #8884}
            """;

    private static final String INTRODUCTION = """
            <p>JSON in UTF-8; times in ISO 8601 with offset. Wherever a job's id is taken, a unique prefix of 8 or more
            characters will do. What is unknown, missing or of the wrong type is refused with the field's name. Errors are
            <code>application/problem+json</code> with a stable <code>code</code> and a <code>remedy</code>; they are listed
            below. The same for programs: <a href="/openapi.json">/openapi.json</a>.</p>
            <p>Callers show a token: <code>Authorization: Bearer TOKEN</code>. The admin token is in the file
            <code>admin.token</code> of the server's data folder.</p>
            <pre>curl -H "Authorization: Bearer $(cat ~/.pawl/admin.token)" \\
              -H 'Content-Type: application/json' \\
              -d '{"module_id": "hello", "inputs": {"name": "World"}}' http://localhost:8420/jobs</pre>
            """;

    private DocPage() {}

    public static String of(List<Route> routes, String version) {
        var page = new StringBuilder(32_000)
                .append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>Pawl API</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>Pawl API <small>")
                .append(escaped(version))
                .append("</small></h1>\n")
                .append(INTRODUCTION);
        String group = "";
        for (Route route : routes) {
            if (!route.group().equals(group)) {
                group = route.group();
                page.append("<h2>").append(escaped(group)).append("</h2>\n");
            }
            append(page, route);
        }
        appendShapes(page, routes);
        appendProblems(page);
        return page.append("</body>\n</html>\n").toString();
    }

    private static void append(StringBuilder page, Route route) {
        page.append("<details><summary><span class=\"method\">")
                .append(route.socket() ? "WS" : route.method())
                .append("</span><code>")
                .append(escaped(route.template()))
                .append("</code><span class=\"role\">")
                .append(route.role() == Role.ANYONE ? "no token" : route.role().wireName())
                .append("</span><br>")
                .append(escaped(route.summary()))
                .append("</summary>\n");
        if (!route.queries().isEmpty()) {
            page.append("<h4>Parameters</h4>\n<table>\n");
            for (Query query : route.queries()) {
                String otherwise = query.otherwise();
                row(
                        page,
                        query.name(),
                        query.accepts() + (otherwise == null ? "" : "; default " + otherwise),
                        query.description());
            }
            page.append("</table>\n");
        }
        if (!route.types().isEmpty()) {
            page.append("<h4>Body: ").append(String.join(" or ", route.types())).append("</h4>\n");
            BodyShape shape = route.shape();
            if (shape != null) {
                append(page, shape);
            }
        }
        append(page, route.answer());
        page.append("</details>\n");
    }

    private static void append(StringBuilder page, DeclaredAnswer answer) {
        page.append("<h4>Answer: ").append(answer.status());
        if (answer.kind() != null) {
            page.append(", ").append(linked(answer.kind()));
        } else if (answer.type() != null) {
            page.append(", ").append(answer.type());
        }
        page.append("</h4>\n<p>").append(escaped(answer.description())).append("</p>\n");
    }

    /** A kind in words, with a link to the shape that it names. */
    private static String linked(AnswerKind<?> kind) {
        List<String> names = new ArrayList<>();
        kind.shapes(shape -> names.add(shape.name()));
        String words = escaped(kind.words());
        return names.isEmpty() ? words : "<a href=\"#" + names.get(0) + "\">" + words + "</a>";
    }

    private static void appendShapes(StringBuilder page, List<Route> routes) {
        page.append("<h2>Answers</h2>\n<p>More fields may be added: ignore those that you do not know.</p>\n");
        for (AnswerShape<?> shape : OpenApi.shapes(routes)) {
            page.append("<h4 id=\"")
                    .append(shape.name())
                    .append("\">")
                    .append(shape.name())
                    .append("</h4>\n<p>");
            page.append(escaped(shape.description())).append("</p>\n<table>\n");
            for (AnswerShape.Member member : shape.members()) {
                page.append("<tr><td><code>").append(escaped(member.name())).append("</code></td><td>");
                page.append(linked(member.kind())).append(member.nullable() ? ", or null" : "");
                page.append(member.required() ? "" : ", or absent").append("</td><td>");
                page.append(escaped(member.description())).append("</td></tr>\n");
            }
            page.append("</table>\n");
        }
    }

    private static void append(StringBuilder page, BodyShape shape) {
        page.append("<table>\n");
        for (BodyShape.Member member : shape.members()) {
            row(
                    page,
                    member.name(),
                    member.kind().accepts() + (member.required() ? "; required" : ""),
                    member.description());
            BodyShape inner = member.inner();
            if (inner != null) {
                for (BodyShape.Member part : inner.members()) {
                    row(
                            page,
                            member.name() + "." + part.name(),
                            part.kind().accepts() + (part.required() ? "; required" : ""),
                            part.description());
                }
            }
        }
        page.append("</table>\n");
    }

    private static void appendProblems(StringBuilder page) {
        page.append("<h2>Problems</h2>\n<table>\n");
        for (ProblemCode code : ProblemCode.values()) {
            page.append("<tr id=\"")
                    .append(code.id())
                    .append("\"><td><code>")
                    .append(code.id())
                    .append("</code></td><td>")
                    .append(code.status())
                    .append("</td><td>")
                    .append(escaped(ProblemJson.title(code)))
                    .append("</td><td>")
                    .append(escaped(code.cause()))
                    .append("</td><td>")
                    .append(escaped(code.remedy()))
                    .append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private static void row(StringBuilder page, String name, String accepts, String description) {
        page.append("<tr><td><code>")
                .append(escaped(name))
                .append("</code></td><td>")
                .append(escaped(accepts))
                .append("</td><td>")
                .append(escaped(description))
                .append("</td></tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

package dev.pawl.http.docs;

import dev.pawl.http.answer.AnswerKind;
import dev.pawl.http.answer.ProblemJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Writes one route of the page for people. */
final class OperationHtml {

    private final Operation operation;
    private final Route route;
    private final Html page;

    OperationHtml(Operation operation, Html page) {
        this.operation = operation;
        this.route = operation.route();
        this.page = page;
    }

    void write() {
        page.raw("<article id=\"" + operation.id() + "\">\n<h3>").raw(badge(operation));
        page.element("code", "path", route.template());
        page.raw("<a class=\"anchor\" href=\"#" + operation.id() + "\" aria-label=\"Link to ")
                .text(operation.method() + " " + route.template())
                .raw("\">#</a></h3>\n<p class=\"summary\">")
                .prose(route.summary())
                .raw(" ");
        page.element(
                "span",
                "role",
                route.role() == Role.ANYONE ? "no token" : route.role().wireName());
        page.raw("</p>\n<div class=\"columns\">\n<div>\n");
        parameters();
        body();
        answer();
        problems();
        page.raw("</div>\n<div class=\"samples\">\n");
        samples();
        page.raw("</div>\n</div>\n</article>\n");
    }

    /** The method of a route in its colour. */
    static String badge(Operation operation) {
        String method = operation.method();
        return "<span class=\"method " + method.toLowerCase(Locale.ROOT) + "\">" + method + "</span> ";
    }

    private void parameters() {
        Map<String, String> variables = operation.section().variables();
        List<Header> headers = OperationJson.headers(route);
        List<String> names = OperationJson.variables(route.template());
        if (names.isEmpty() && route.queries().isEmpty() && headers.isEmpty()) {
            return;
        }
        page.raw("<h4>Parameters</h4>\n<dl>\n");
        for (String name : names) {
            field(name, "in the path", variables.getOrDefault(name, ""));
        }
        for (Query query : route.queries()) {
            String otherwise = query.otherwise() == null ? "" : "; default " + query.otherwise();
            String end = QuerySchema.isEnd(query) ? "" : otherwise;
            field(query.name(), query.accepts() + (query.required() ? "; required" : end), query.description());
        }
        for (Header header : headers) {
            field(header.name(), "a header", header.description());
        }
        page.raw("</dl>\n");
    }

    private void body() {
        if (route.types().isEmpty()) {
            return;
        }
        page.raw("<h4>Body <span class=\"type\">")
                .text(String.join(", ", route.types()))
                .raw("</span></h4>\n");
        BodyShape shape = route.shape();
        if (shape == null) {
            return;
        }
        page.raw("<dl>\n");
        for (BodyShape.Member member : shape.members()) {
            member(member, "");
            BodyShape inner = member.inner();
            if (inner != null && !shape.members().containsAll(inner.members())) { // they are described already
                inner.members().forEach(part -> member(part, member.name() + "."));
            }
        }
        page.raw("</dl>\n");
    }

    private void member(BodyShape.Member member, String path) {
        String accepts = member.kind().accepts() + (member.required() ? "; required" : "");
        field(path + member.name(), accepts, member.description());
    }

    private void answer() {
        DeclaredAnswer answer = route.answer();
        page.raw("<h4>Answer <span class=\"type\">").text(String.valueOf(answer.status()));
        if (answer.type() != null) {
            page.text(" " + answer.type());
        }
        page.raw("</span></h4>\n<p>").prose(answer.description());
        AnswerKind<?> kind = answer.kind();
        if (kind != null) {
            page.raw(
                    answer.isStream()
                            ? " The data of each event is the member with the event's name of "
                            : route.socket() ? " Each line is " : " It is ");
            DocPage.kind(page, kind);
            page.raw(".");
        }
        page.raw("</p>\n");
        List<Header> headers = OperationJson.answerHeaders(route);
        if (!headers.isEmpty()) {
            page.raw("<dl>\n");
            headers.forEach(header -> field(header.name(), "a header", header.description()));
            page.raw("</dl>\n");
        }
    }

    private void problems() {
        SortedMap<Integer, Set<ProblemCode>> problems = RouteProblems.of(route);
        String statuses = problems.keySet().stream().map(String::valueOf).collect(Collectors.joining(" "));
        page.raw("<details>\n<summary>Errors <span class=\"type\">" + statuses + "</span></summary>\n<ul>\n");
        List<ProblemCode> own = new ArrayList<>(route.problems());
        problems.forEach((status, codes) -> {
            for (ProblemCode code : codes) {
                page.raw("<li><code>" + status + "</code> ").link(code.id(), code.id());
                page.text(" " + ProblemJson.title(code) + (own.contains(code) ? ": " + code.cause() : "."))
                        .raw("</li>\n");
            }
        });
        page.raw("</ul>\n</details>\n");
    }

    private void samples() {
        Example example = operation.example();
        if (example == null) {
            return;
        }
        page.code(SampleCall.program(operation), SampleCall.of(operation, example));
        if (example.command() != null) {
            page.code("pawl", example.command());
        }
        String body = example.answer().body();
        if (!body.isEmpty()) {
            page.code(route.socket() ? "Frame" : "Answer", body);
        }
    }

    private void field(String name, String type, String description) {
        page.raw("<dt>").element("code", name).raw(" ").element("span", "type", type);
        page.raw("</dt><dd>").prose(description).raw("</dd>\n");
    }
}

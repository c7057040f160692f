package dev.pawl.http.docs;

import dev.pawl.http.route.Route;
import dev.pawl.http.route.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contents of the documentation: the route table, in sections, with the texts and examples of {@link SectionText}. */
final class Reference {

    /** The section of routes whose path begins with another word than its own. */
    private static final Map<String, String> SECTIONS = Map.of(
            "",
            "docs",
            "console",
            "docs",
            "manual",
            "docs",
            "doc",
            "docs",
            "openapi.json",
            "docs",
            "metrics",
            "status");

    private final List<Route> routes;
    private final List<Section> sections;

    private Reference(List<Route> routes, List<Section> sections) {
        this.routes = List.copyOf(routes);
        this.sections = List.copyOf(sections);
    }

    /**
     * A section of the API.
     *
     * @param name its name in addresses
     * @param text its texts
     * @param operations its routes, in their order
     */
    record Section(String name, SectionText text, List<Operation> operations) {}

    /** The documentation of a route table. */
    static Reference of(List<Route> routes) {
        Map<String, List<Route>> grouped = new LinkedHashMap<>();
        for (Route route : routes) {
            String group = SECTIONS.getOrDefault(route.group(), route.group());
            grouped.computeIfAbsent(group, name -> new ArrayList<>()).add(route);
        }
        var table = RouteTable.of(routes);
        List<Section> sections = new ArrayList<>();
        grouped.forEach((name, group) -> sections.add(section(name, group, table)));
        return new Reference(routes, sections);
    }

    private static Section section(String name, List<Route> routes, RouteTable table) {
        SectionText text = SectionText.of(name);
        Map<Route, Operation> known = new HashMap<>();
        for (Example example : text.examples()) {
            RouteTable.Match match = table.find(example.method(), example.path())
                    .orElseThrow(() -> new IllegalStateException("No route takes the example " + example.operation()));
            known.put(
                    match.route(), new Operation(example.operation(), match.route(), text, example, match.variables()));
        }
        return new Section(
                name,
                text,
                routes.stream()
                        .map(route -> known.getOrDefault(route, Operation.of(route, text)))
                        .toList());
    }

    /** The sections, in the order of the route table. */
    List<Section> sections() {
        return sections;
    }

    /** All operations, in the order of the sections. */
    List<Operation> operations() {
        return sections.stream()
                .flatMap(section -> section.operations().stream())
                .toList();
    }

    /** The routes. */
    List<Route> routes() {
        return routes;
    }
}

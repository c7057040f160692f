package dev.pawl.verifier;

import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A component of the jar, as its file describes it to Declarative Services.
 *
 * @param type the name of its class
 * @param services the interfaces that it provides
 * @param scope the scope of its service; empty for the default
 * @param injected whether its constructor takes services
 */
record ComponentFile(String type, List<String> services, String scope, boolean injected) {

    private static final String FOLDER = "OSGI-INF";

    /** The components in a jar by the names of their classes. */
    static Map<String, ComponentFile> in(Jar jar) throws Exception {
        Map<String, ComponentFile> components = new LinkedHashMap<>();
        for (Map.Entry<String, Resource> entry : jar.getResources().entrySet()) {
            if (entry.getKey().startsWith(FOLDER + "/") && entry.getKey().endsWith(".xml")) {
                try (InputStream in = entry.getValue().openInputStream()) {
                    DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
                    parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
                    ComponentFile component = read(parsers.newDocumentBuilder().parse(in));
                    components.put(component.type(), component);
                }
            }
        }
        return components;
    }

    private static ComponentFile read(Document file) {
        List<String> services = new ArrayList<>();
        NodeList provided = file.getElementsByTagName("provide");
        for (int i = 0; i < provided.getLength(); i++) {
            services.add(((Element) provided.item(i)).getAttribute("interface"));
        }
        return new ComponentFile(
                attribute(file, "implementation", "class"),
                services,
                attribute(file, "service", "scope"),
                !file.getDocumentElement().getAttribute("init").isEmpty());
    }

    private static String attribute(Document file, String element, String name) {
        NodeList found = file.getElementsByTagName(element);
        return found.getLength() == 0 ? "" : ((Element) found.item(0)).getAttribute(name);
    }
}

/** The viewer of a map page: wires the modules together and decides nothing. */
import "leaflet";

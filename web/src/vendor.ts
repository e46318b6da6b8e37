/** The parts of MapLibre that the client uses, under one global name. */

export { Map, addProtocol, setWorkerCount, setWorkerUrl } from "maplibre-gl";

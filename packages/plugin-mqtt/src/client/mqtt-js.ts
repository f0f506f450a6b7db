// Read at the first connection.
import mqtt from 'mqtt';

export { mqtt };

import { describeDriver } from '../drivers/driver-contract.js';
import { headerBench } from './header-bench.js';

describeDriver('onoff', headerBench('onoff'));
